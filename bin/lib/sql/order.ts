import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../home.ts";

/** The files of db/ in the order in which they make a database: db/order.txt, one path a line. */
export function readOrder(): string[] {
  const file = join(projectRoot, "db/order.txt");
  const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
  return lines.map((line) => line.replace(/#.*/, "").trim()).filter((line) => line !== "");
}
