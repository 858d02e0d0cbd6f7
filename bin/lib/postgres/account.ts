import { execFileSync } from "node:child_process";
import { statSync } from "node:fs";
import { dirname } from "node:path";
import { Sentence } from "../sentence.ts";

/** The user that the server runs as. Undefined: whoever runs this process. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

const name = "postgres";

/** PostgreSQL refuses to run as root, so root hands it to the user `postgres`. */
export function serverAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  return find() ?? create();
}

function find(): Account | undefined {
  try {
    const id = (flag: string) => Number(execFileSync("id", [flag, name], { stdio: "pipe" }).toString());
    return { uid: id("-u"), gid: id("-g") };
  } catch {
    return undefined;
  }
}

function create(): Account {
  try {
    const flags = ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin"];
    execFileSync("useradd", [...flags, name], { stdio: "pipe" });
  } catch {
    // Another start may have made it at this moment; looking again decides.
  }
  const account = find();
  if (account) return account;
  throw new Sentence(
    `PostgreSQL doesn't run as root, and the user "${name}" can't be made here: make it yourself (useradd ${name}), or run PitLedger as an ordinary user.`,
  );
}

/** Whether the account can come to a path: every folder above it must let it pass. */
export function canReach(account: Account, path: string): boolean {
  if (path !== "/" && !canReach(account, dirname(path))) return false;
  const { mode, uid, gid } = statSync(path);
  const shift = uid === account.uid ? 6 : gid === account.gid ? 3 : 0;
  return ((mode >> shift) & 1) === 1;
}
