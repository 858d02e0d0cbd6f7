import { randomBytes } from "node:crypto";
import pg from "pg";
import { asRole, openDatabase } from "./lib/database.ts";
import { type Home, openHome } from "./lib/home.ts";
import { scramVerifier } from "./lib/scram.ts";
import { Sentence } from "./lib/sentence.ts";

const usage = `npm run rotate

Gives the three logins of the embedded database (superuser, gateway, worker) new passwords, while
nothing else runs it. They are in secrets.json, readable by you alone.`;

const logins = { superuser: "postgres", gateway: "pit_gateway", worker: "pit_worker" } as const;

/** `npm run rotate`: 0 when the new passwords open the database and the old ones don't. */
export async function main(args: string[]): Promise<number> {
  if (args.length > 0) {
    console.log(usage);
    return ["-h", "--help"].includes(args[0] ?? "") ? 0 : 1;
  }
  if (process.env.DATABASE_URL) {
    throw new Sentence(
      "DATABASE_URL names a server of your own: put new passwords into the connection strings and run npm run migrate.",
    );
  }
  const home = openHome();
  const database = await openDatabase(home);
  try {
    await rotate(home, database.ownerUrl);
  } finally {
    await database.stop();
  }
  console.log(`${home.secretsFile} holds new passwords of ${Object.values(logins).join(", ")}.`);
  return 0;
}

/**
 * The file is written just before the server commits. Killed in between, it still has the password
 * that opens the database, as superuser_before, and the connection's next attempt takes that.
 */
async function rotate(home: Home, ownerUrl: string): Promise<void> {
  const secrets = Object.fromEntries(
    Object.keys(logins).map((name) => [name, randomBytes(24).toString("base64url")]),
  ) as Record<keyof typeof logins, string>;
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query("begin");
    for (const [name, role] of Object.entries(logins)) {
      // The server's log may hold statements; it sees the verifier, never the password.
      const verifier = scramVerifier(secrets[name as keyof typeof logins]);
      await client.query(`alter role ${role} password ${pg.escapeLiteral(verifier)}`);
    }
    home.replaceSecrets({ ...secrets, superuser_before: home.secret("superuser") });
    await client.query("commit");
  } finally {
    await client.end();
  }
  const proof = new pg.Client({ connectionString: asRole(ownerUrl, logins.superuser, secrets.superuser) });
  await proof.connect();
  await proof.end();
  home.replaceSecrets({ superuser_before: undefined });
}
