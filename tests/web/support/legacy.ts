import { createHash } from "node:crypto";
import type { House } from "../../api/support/house.ts";

/** Rows of a legacy export, as its files have them. */
export interface Export {
  readonly players: readonly string[];
  readonly history: readonly string[];
  readonly balances?: readonly string[];
}

/** Stages an export and judges its rows; the worker is to post them. Gives the import's id. */
export async function stageExport(house: House, casino: string, folder: string, files: Export): Promise<string> {
  const fingerprint = createHash("sha256").update(JSON.stringify(files)).digest();
  const [batch] = await house.sql<{ id: string }>("select import_batch_id as id from ops.open_import($1, $2, $3)", [
    casino,
    fingerprint,
    folder,
  ]);
  if (!batch) throw new Error("The import can't be begun.");
  for (const [file, rows] of Object.entries(files)) {
    await house.sql("select ops.stage_import_rows($1, $2, $3, 1, $4)", [casino, batch.id, file, rows.join("\n")]);
  }
  await house.sql("select ops.start_import($1, $2)", [casino, batch.id]);
  return batch.id;
}
