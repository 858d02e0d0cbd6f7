import { spawn } from "node:child_process";
import { createTestDatabase, startCluster } from "../tests/support/cluster.ts";
import { Sentence } from "./lib/sentence.ts";

/**
 * `node bin/pitledger.js with-database COMMAND …`: runs a command, such as `pg_prove -r tests/sql`,
 * against a migrated database with pgTAP that lives as long as the command.
 */
export async function main([command, ...args]: string[]): Promise<number> {
  if (!command) throw new Sentence("Say which command to run.");
  const cluster = await startCluster();
  try {
    const { ownerUrl, name } = await createTestDatabase(cluster, "pgtap");
    const { hostname, port, username, password } = new URL(ownerUrl);
    const connection = { PGHOST: hostname, PGPORT: port, PGUSER: username, PGPASSWORD: password, PGDATABASE: name };
    const child = spawn(command, args, {
      stdio: "inherit",
      env: { ...process.env, ...connection, DATABASE_URL: ownerUrl },
    });
    return await new Promise<number>((resolve, reject) => {
      child.once("error", () => reject(new Sentence(`${command} isn't installed here.`)));
      child.once("close", (code) => resolve(code ?? 1));
    });
  } finally {
    await cluster.stop();
  }
}
