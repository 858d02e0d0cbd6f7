import { resolve } from "node:path";

/** npm runs scripts in the project's folder, and says in INIT_CWD where the person is. */
export function fromWhereItWasTyped(path: string, script: string): string {
  const typedIn = process.env.npm_lifecycle_event === script ? process.env.INIT_CWD : undefined;
  return resolve(typedIn ?? process.cwd(), path);
}
