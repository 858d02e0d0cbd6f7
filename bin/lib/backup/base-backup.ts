import { createWriteStream, type WriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import pg from "pg";
import { messageOf, Sentence } from "../sentence.ts";

/** The connection that a query of its own kind may use, as the driver hands it over. */
interface Wire {
  query(text: string): void;
  readonly stream: { pause(): void; resume(): void };
}

const mostUnwritten = 4 * 1024 * 1024;

/**
 * PostgreSQL's own base backup, the one that pg_basebackup asks for: the server sends its files as
 * a tar, with the log that makes them consistent, and a manifest with the hash of each. The driver
 * knows nothing of it but lets a query of another kind read the copy.
 */
class BaseBackup {
  readonly done: Promise<void>;
  readonly #files: (name: string) => WriteStream;
  readonly #settle: PromiseWithResolvers<void>;
  #wire: Wire | undefined;
  #file: WriteStream | undefined;
  #failed: Error | undefined;
  #unwritten = 0;

  constructor(files: (name: string) => WriteStream) {
    this.#files = files;
    this.#settle = Promise.withResolvers<void>();
    this.done = this.#settle.promise;
  }

  submit(wire: Wire): void {
    this.#wire = wire;
    wire.query(
      "BASE_BACKUP (LABEL 'pitledger', CHECKPOINT 'fast', WAL true, MANIFEST 'yes', MANIFEST_CHECKSUMS 'SHA256')",
    );
  }

  /** The first byte says what the rest is: a new archive, the manifest, bytes of it, or progress. */
  handleCopyData({ chunk }: { chunk: Buffer }): void {
    const kind = String.fromCharCode(chunk[0] ?? 0);
    if (kind === "n") this.#open(chunk.toString("utf8", 1, chunk.indexOf(0, 1)));
    else if (kind === "m") this.#open("backup_manifest");
    else if (kind === "d") this.#write(chunk.subarray(1));
  }

  #open(name: string): void {
    this.#file?.end();
    this.#file = this.#files(name);
    this.#file.on("error", (error) => {
      this.#failed ??= error;
    });
  }

  /** What the disk is behind with mustn't fill the memory: the server waits meanwhile. */
  #write(bytes: Buffer): void {
    if (!this.#file || this.#failed) return;
    const { stream } = this.#wire ?? {};
    this.#unwritten += bytes.length;
    if (this.#unwritten > mostUnwritten) stream?.pause();
    this.#file.write(Buffer.from(bytes), () => {
      this.#unwritten -= bytes.length;
      if (this.#unwritten <= mostUnwritten) stream?.resume();
    });
  }

  handleError(error: Error): void {
    this.#failed ??= error;
    this.handleReadyForQuery();
  }

  handleReadyForQuery(): void {
    this.#file?.end();
    if (this.#failed) this.#settle.reject(this.#failed);
    else this.#settle.resolve();
  }

  handleRowDescription(): void {}
  handleDataRow(): void {}
  handleCommandComplete(): void {}
}

/** Writes base.tar and backup_manifest of a running server; nobody has to stop writing meanwhile. */
export async function takeBaseBackup(url: string, fileOf: (name: string) => string): Promise<void> {
  const client = new pg.Client({
    connectionString: url,
    application_name: "pitledger backup",
    replication: "true",
  } as pg.ClientConfig);
  client.on("error", () => undefined); // the backup's own rejection tells
  const written: Promise<void>[] = [];
  try {
    await client.connect();
    // The server keeps the log since now, however long this takes.
    await client.query("CREATE_REPLICATION_SLOT pitledger_backup TEMPORARY PHYSICAL (RESERVE_WAL)");
    const backup = new BaseBackup((name) => {
      const file = createWriteStream(fileOf(name), { flags: "wx", mode: 0o600 });
      written.push(finished(file));
      return file;
    });
    client.query(backup as unknown as pg.Submittable);
    await backup.done;
    await Promise.all(written);
  } catch (thrown) {
    await Promise.allSettled(written);
    throw new Sentence(`The database gives no backup: ${messageOf(thrown)}.`);
  } finally {
    await client.end().catch(() => undefined);
  }
}
