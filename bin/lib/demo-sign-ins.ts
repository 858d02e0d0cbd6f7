import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Database } from "./database.ts";
import type { Home } from "./home.ts";

/** One account of the demo casino, as printed at the start. */
export interface SignIn {
  readonly casino: string;
  readonly username: string;
  readonly password: string;
  readonly role: string;
}

interface DemoModule {
  ensureDemo(database: Database, home: Home): Promise<readonly SignIn[] | undefined>;
}

/** Sets the demo casino up, unless `PITLEDGER_DEMO=off`. */
export async function prepareDemo(database: Database, home: Home): Promise<readonly SignIn[]> {
  if (process.env.PITLEDGER_DEMO === "off") return [];
  const file = join(import.meta.dirname, "demo.ts");
  if (!existsSync(file)) return [];
  const { ensureDemo } = (await import(file)) as DemoModule;
  return (await ensureDemo(database, home)) ?? [];
}

const columns = ["casino", "username", "password", "role"] as const;
/** As the screen that asks for them says it. */
const headings: SignIn = { casino: "property code", username: "user name", password: "password", role: "role" };

export function printSignIns(signIns: readonly SignIn[]): void {
  if (signIns.length === 0) return;
  console.log("\nDemo sign-ins");
  const rows = [headings, ...signIns];
  const widths = columns.map((column) => Math.max(...rows.map((row) => row[column].length)));
  for (const row of rows) {
    console.log(`  ${columns.map((column, at) => row[column].padEnd(widths[at] ?? 0)).join("  ")}`);
  }
}
