import type pg from "pg";
import { hashPassword, verifyPassword } from "../../../graphql/auth/password.ts";
import type { SignIn } from "../demo-sign-ins.ts";
import { codeOf } from "../sentence.ts";
import type { DemoProperty } from "./properties.ts";

interface Account {
  readonly casino: string;
  readonly username: string;
  readonly role: string;
  readonly phc: string | null;
}

/** Adds the people of the demo who aren't there yet. */
export async function addStaff(owner: pg.Client, { property, staff }: DemoProperty): Promise<void> {
  for (const { username, displayName, role } of staff) {
    try {
      await owner.query("select identity.add_staff($1, $2, $3, $4)", [property.code, username, displayName, role]);
    } catch (thrown) {
      if (codeOf(thrown) !== "IDDUP") throw thrown;
    }
  }
}

/**
 * Gives the demo's password to whoever has none, and says who signs in with it. A password that
 * somebody has set since is left alone.
 */
export async function openAccounts(
  owner: pg.Client,
  demo: readonly DemoProperty[],
  password: string,
): Promise<SignIn[]> {
  const accounts = await readAccounts(owner, demo);
  const isOurs = await passwordTest(accounts, password);
  let phc: string | undefined;
  const signIns: SignIn[] = [];
  for (const account of accounts) {
    const { casino, username, role } = account;
    if (account.phc === null) {
      // One password, hence one hash: that they share it is printed at every start.
      phc ??= await hashPassword(password);
      await owner.query("select identity.set_password($1, $2, $3)", [casino, username, phc]);
    }
    const shown = account.phc === null || isOurs.has(account.phc) ? password : "(changed)";
    signIns.push({ casino, username, password: shown, role });
  }
  return signIns;
}

/** The people of the demo who may sign in, in the order of db/seed. */
async function readAccounts(owner: pg.Client, demo: readonly DemoProperty[]): Promise<Account[]> {
  const people = demo.flatMap(({ property, staff }) =>
    staff.map(({ username }) => ({ casino: property.code, username })),
  );
  const { rows } = await owner.query<Account>(
    `select c.code as casino, p.username, p.role, s.phc
     from unnest($1::text[], $2::text[]) with ordinality as d (casino, username, n)
     join identity.casino as c on c.code = d.casino
     join identity.staff as p on p.casino_id = c.casino_id and p.username = d.username
     left join identity.staff_secret as s on s.casino_id = p.casino_id and s.staff_id = p.staff_id
     where p.active and p.role not in ('dealer', 'sender')
     order by d.n`,
    [people.map(({ casino }) => casino), people.map(({ username }) => username)],
  );
  return rows;
}

/** The stored hashes that this password opens; each different one is tried once. */
async function passwordTest(accounts: readonly Account[], password: string): Promise<Set<string>> {
  const hashes = new Set(accounts.map(({ phc }) => phc).filter((phc) => phc !== null));
  const opened = new Set<string>();
  for (const phc of hashes) if (await verifyPassword(password, phc)) opened.add(phc);
  return opened;
}
