import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { messageOf, Sentence } from "../sentence.ts";

/** Who files: every export and every acknowledgement has somebody's name on it. */
export interface Credentials {
  readonly casino: string;
  readonly user: string;
}

/** An error that the server answered with. */
export interface ServerError {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  readonly details?: unknown;
}

/** Somebody signed in at a server, for as long as a command runs. */
export class Officer {
  readonly #url: string;
  readonly #cookie: string;

  private constructor(url: string, cookie: string) {
    this.#url = url;
    this.#cookie = cookie;
  }

  static async signIn(url: string, { casino, user }: Credentials): Promise<Officer> {
    const password = process.env.PITLEDGER_PASSWORD || (await askPassword(casino, user));
    const response = await request(`${url}/auth/sign-in`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ casino, username: user, password }),
    });
    if (!response.ok) throw describe(await errorOf(response));
    const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(";", 1)[0] ?? "");
    return new Officer(url, cookies.join("; "));
  }

  async signOut(): Promise<void> {
    await this.send("/auth/sign-out", { method: "POST", headers: { "content-type": "application/json" }, body: "{}" });
  }

  send(path: string, options: RequestInit = {}): Promise<Response> {
    return request(`${this.#url}${path}`, { ...options, headers: { ...options.headers, cookie: this.#cookie } });
  }
}

async function request(url: string, options: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { ...options, redirect: "error", signal: AbortSignal.timeout(60_000) });
  } catch (thrown) {
    const reason = thrown instanceof Error && thrown.cause ? messageOf(thrown.cause) : messageOf(thrown);
    throw new Sentence(`The server at ${new URL(url).origin} can't be reached (${reason}).`);
  }
}

/** What the server says is wrong. */
export async function errorOf(response: Response): Promise<ServerError> {
  const body: unknown = await response.json().catch(() => undefined);
  const error = typeof body === "object" && body !== null && "error" in body ? body.error : undefined;
  if (typeof error === "object" && error !== null && "code" in error && "message" in error) return error as ServerError;
  return { code: String(response.status), message: `What answers at ${response.url} isn't PitLedger.` };
}

export function describe({ message, hint }: ServerError): Sentence {
  return new Sentence(hint === undefined ? message : `${message} ${hint}`);
}

async function askPassword(casino: string, user: string): Promise<string> {
  if (!process.stdin.isTTY) {
    throw new Sentence("There is no terminal to ask for the password: put it into PITLEDGER_PASSWORD.");
  }
  const muted = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({ input: process.stdin, output: muted, terminal: true });
  process.stderr.write(`Password of ${user} at ${casino}: `);
  try {
    return await reader.question("");
  } finally {
    reader.close();
    process.stderr.write("\n");
  }
}
