import { renameSync, rmSync, writeFileSync } from "node:fs";
import { messageOf, Sentence } from "../sentence.ts";
import { describe, errorOf, type Officer, type ServerError } from "./officer.ts";

export interface Export {
  readonly from: string;
  readonly to: string;
  readonly filed: boolean;
  readonly out: string;
}

/** Fetches a period's batch file and writes it, whole and valid or not at all. */
export async function exportBatch(officer: Officer, { from, to, filed, out }: Export): Promise<string[]> {
  const period = new URLSearchParams({ from, to, ...(filed ? { filed: "true" } : {}) });
  const response = await officer.send(`/ctr/batch.xml?${period}`);
  if (!response.ok) throw explain(await errorOf(response));
  const file = Buffer.from(await response.arrayBuffer());
  await writeWhole(out, file);
  const count = /\bActivityCount="(\d+)"/.exec(file.toString("utf8"))?.[1];
  return [`${out}: ${count} ${count === "1" ? "report" : "reports"}, valid by FinCEN's schema.`];
}

/** Nothing has the file's name before all of it is on the disk and has been found valid. */
async function writeWhole(out: string, file: Buffer): Promise<void> {
  const { findFaults } = await import("../../../graphql/ctr-file/schema.ts");
  const draft = `${out}.${process.pid}.part`;
  try {
    writeFileSync(draft, file, { mode: 0o600 });
    const faults = findFaults(file);
    if (faults.length > 0) throw new Error("it arrived incomplete");
    renameSync(draft, out);
  } catch (thrown) {
    throw new Sentence(`${out} can't be written: ${messageOf(thrown)}.`);
  } finally {
    rmSync(draft, { force: true });
  }
}

interface Incomplete {
  readonly caseId: string;
  readonly gamingDay: string;
  readonly name: string | null;
  readonly missing: readonly string[];
}

interface Fault {
  readonly caseId: string | null;
  readonly path: string;
  readonly reason: string;
}

/** The refusal with its list, case by case. */
function explain(error: ServerError): Sentence {
  const { cases = [], faults = [] } = (error.details ?? {}) as { cases?: Incomplete[]; faults?: Fault[] };
  const list = [
    ...cases.map(({ caseId, gamingDay, name, missing }) => {
      const who = name === null ? caseId : `${name} (${caseId})`;
      return `  ${gamingDay}  ${who}: ${missing.join(", ")}`;
    }),
    ...faults.map(({ caseId, path, reason }) => `  ${caseId ?? "file"}: ${path}: ${reason}`),
  ];
  if (list.length === 0) return describe(error);
  return new Sentence(`${describe(error).message}\n${list.join("\n")}\nNo file was written.`);
}
