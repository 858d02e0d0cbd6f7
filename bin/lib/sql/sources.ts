import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type pg from "pg";
import { projectRoot } from "../home.ts";
import { messageOf } from "../sentence.ts";
import { readOrder } from "./order.ts";

/** Makes what db/ says in an empty database: its files in their order, all or nothing. */
export async function applySources(owner: pg.Client): Promise<void> {
  await owner.query("begin");
  for (const path of readOrder()) {
    try {
      await owner.query(await readFile(join(projectRoot, "db", path), "utf8"));
    } catch (thrown) {
      await owner.query("rollback");
      throw new Error(`db/${path}: ${messageOf(thrown)}`, { cause: thrown });
    }
  }
  await owner.query("commit");
}
