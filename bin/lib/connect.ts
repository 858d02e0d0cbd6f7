import { openDatabase } from "./database.ts";
import { openHome } from "./home.ts";
import type { Undo } from "./undo.ts";

/**
 * The connection of one login for a process that runs alone. When the variable holds it, as in a
 * container, the process needs and knows no other; otherwise it comes from the home's database.
 */
export async function connectionOf(
  login: "gateway" | "worker",
  undo: Undo,
  fail: (error: Error) => void,
): Promise<string> {
  const given = process.env[login === "gateway" ? "GATEWAY_DATABASE_URL" : "WORKER_DATABASE_URL"];
  if (given) return given;
  const database = await openDatabase(openHome(), { whenRunning: "share", onNotice: console.warn, onLost: fail });
  undo.add("database", database.stop);
  return login === "gateway" ? database.gatewayUrl : database.workerUrl;
}
