import type { Duplex } from "node:stream";
import pg from "pg";

/**
 * One connection that sends a whole transaction in a single round trip: the settings that the
 * gateway sends with every request, and one prepared statement, up to the Sync that commits them
 * both. It speaks the wire protocol itself, because on a machine with few cores a full-grown
 * driver would take the processor time that the server needs, and the bench would measure that.
 */
export class Wire {
  readonly #socket: Duplex;
  readonly #prepared = new Set<string>();
  #out = Buffer.allocUnsafe(16_384);
  #length = 0;
  #in: Buffer = Buffer.alloc(0);
  #row: string[] = [];
  #failure: string | undefined;
  #settle: PromiseWithResolvers<readonly string[]> | undefined;

  private constructor(client: pg.Client) {
    // Signing in is left to the driver; from here on the socket is ours.
    this.#socket = (client as unknown as { connection: pg.Connection }).connection.stream;
    this.#socket.removeAllListeners("data");
    this.#socket.on("data", (chunk: Buffer) => this.#read(chunk));
    this.#socket.on("close", () => this.#settle?.reject(new Error("The server closed the connection.")));
  }

  static async connect(url: string): Promise<Wire> {
    const client = new pg.Client({ connectionString: url });
    client.on("error", () => undefined);
    await client.connect();
    return new Wire(client);
  }

  /** Runs the statement with these settings as one transaction; gives the last row, as text. */
  run(settings: string, text: string, values: readonly string[]): Promise<readonly string[]> {
    this.#length = 0;
    this.#row = [];
    this.#failure = undefined;
    this.#statement(settingsText, [settings]);
    this.#statement(text, values);
    this.#message("S", () => undefined);
    this.#settle = Promise.withResolvers();
    this.#socket.write(this.#out.subarray(0, this.#length));
    return this.#settle.promise;
  }

  async end(): Promise<void> {
    this.#settle = undefined;
    this.#socket.destroy();
  }

  #statement(text: string, values: readonly string[]): void {
    const name = nameOf(text);
    if (!this.#prepared.has(name)) {
      this.#prepared.add(name);
      this.#message("P", () => {
        this.#text(name);
        this.#text(text);
        this.#int16(0);
      });
    }
    this.#message("B", () => {
      this.#text("");
      this.#text(name);
      this.#int16(0);
      this.#int16(values.length);
      for (const value of values) this.#value(value);
      this.#int16(0);
    });
    this.#message("E", () => {
      this.#text("");
      this.#int32(0);
    });
  }

  #message(type: string, body: () => void): void {
    this.#out[this.#length++] = type.charCodeAt(0);
    const start = this.#length;
    this.#length += 4;
    body();
    this.#out.writeInt32BE(this.#length - start, start);
  }

  #text(text: string): void {
    this.#length += this.#out.write(text, this.#length);
    this.#out[this.#length++] = 0;
  }

  #value(text: string): void {
    const start = this.#length;
    this.#length += 4;
    const bytes = this.#out.write(text, this.#length);
    this.#length += bytes;
    this.#out.writeInt32BE(bytes, start);
  }

  #int16(value: number): void {
    this.#length = this.#out.writeInt16BE(value, this.#length);
  }

  #int32(value: number): void {
    this.#length = this.#out.writeInt32BE(value, this.#length);
  }

  #read(chunk: Buffer): void {
    const data = this.#in.length === 0 ? chunk : Buffer.concat([this.#in, chunk]);
    let at = 0;
    while (at + 5 <= data.length) {
      const end = at + 1 + data.readInt32BE(at + 1);
      if (end > data.length) break;
      this.#receive(data[at] ?? 0, data.subarray(at + 5, end));
      at = end;
    }
    this.#in = data.subarray(at);
  }

  #receive(type: number, body: Buffer): void {
    if (type === dataRow) this.#row = rowOf(body);
    else if (type === errorResponse) this.#failure ??= errorOf(body);
    else if (type === readyForQuery && this.#settle) {
      const { resolve, reject } = this.#settle;
      this.#settle = undefined;
      if (this.#failure === undefined) resolve(this.#row);
      else reject(new Error(this.#failure));
    }
  }
}

/** The statement with which the gateway passes the settings of a request. */
const settingsText = "select set_config(el->>0, el->>1, true) from json_array_elements($1::json) el";

const dataRow = "D".charCodeAt(0);
const errorResponse = "E".charCodeAt(0);
const readyForQuery = "Z".charCodeAt(0);

const names = new Map<string, string>();

function nameOf(text: string): string {
  const known = names.get(text);
  if (known !== undefined) return known;
  const name = `s${names.size}`;
  names.set(text, name);
  return name;
}

function rowOf(body: Buffer): string[] {
  const row: string[] = [];
  let at = 2;
  while (at < body.length) {
    const length = body.readInt32BE(at);
    at += 4;
    row.push(length < 0 ? "" : body.toString("utf8", at, at + length));
    at += Math.max(length, 0);
  }
  return row;
}

/** The fields of an error: a letter and a text each. */
function errorOf(body: Buffer): string {
  const fields = new Map(
    body
      .toString("utf8")
      .split("\0")
      .filter((field) => field !== "")
      .map((field) => [field.charAt(0), field.slice(1)]),
  );
  return `${fields.get("C")}: ${fields.get("M")} ${fields.get("H") ?? ""}`.trim();
}
