import { createHash } from "node:crypto";
import { createReadStream, existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { Sentence } from "../sentence.ts";
import { fromWhereItWasTyped } from "../typed-path.ts";

/** One of the four files of a legacy export. */
export interface LegacyFile {
  /** As `ops.import_row.file` calls it. */
  readonly name: "players" | "history" | "slips" | "balances";
  readonly path: string;
  /** In the order in which `ops._import_columns` has them. */
  readonly columns: readonly string[];
  readonly bytes: number;
}

export interface ImportFiles {
  readonly folder: string;
  readonly files: readonly LegacyFile[];
  /** casino.json, when the folder has one. */
  readonly property: string | undefined;
  readonly report: string | undefined;
}

const layout = [
  { name: "players", file: "players.csv", columns: "card,first_name,last_name,birth_date,enrolled_at" },
  { name: "history", file: "points_history.csv", columns: "id,card,type,points,description,slip_id,created_at" },
  { name: "slips", file: "rating_slips.csv", columns: "slip_id,card,status,points,closed_at" },
  { name: "balances", file: "balances.csv", columns: "card,balance,lifetime_points" },
] as const;

/** The files of a folder, checked before anything is started. */
export function importFiles(folder: string, report: string | undefined): ImportFiles {
  const dir = fromWhereItWasTyped(folder, "import");
  const found = statSync(dir, { throwIfNoEntry: false });
  if (!found) throw new Sentence(`There is no folder ${dir}.`);
  if (!found.isDirectory()) throw new Sentence(`${dir} is a file; give the folder that holds the four CSV files.`);
  const files = layout.map(({ name, file, columns }) => {
    const path = join(dir, file);
    const bytes = statSync(path, { throwIfNoEntry: false })?.size;
    if (bytes === undefined) {
      throw new Sentence(`There is no ${path}: an import needs ${layout.map((each) => each.file).join(", ")}.`);
    }
    return { name, path, columns: columns.split(","), bytes };
  });
  const reportFile = report === undefined ? undefined : fromWhereItWasTyped(report, "import");
  if (reportFile !== undefined && !existsSync(dirname(reportFile))) {
    throw new Sentence(`The report can't be written: there is no folder ${dirname(reportFile)}.`);
  }
  const property = join(dir, "casino.json");
  return { folder: dir, files, property: existsSync(property) ? property : undefined, report: reportFile };
}

/** What an export is known by: the contents of its files, wherever they lie. */
export async function fingerprintOf(files: readonly LegacyFile[]): Promise<Buffer> {
  const all = createHash("sha256");
  for (const { name, path } of files) {
    const one = createHash("sha256");
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) one.update(chunk);
    all.update(name).update(one.digest());
  }
  return all.digest();
}
