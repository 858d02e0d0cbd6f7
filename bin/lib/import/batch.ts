import type { ImportCasino } from "./casino.ts";
import { readRows, type StagedRow, stagedText } from "./csv.ts";
import { fingerprintOf, type ImportFiles, type LegacyFile } from "./files.ts";
import type { Owner } from "./owner.ts";

/** How far an import is. Counts come as text, as every bigint does. */
export interface BatchRow {
  readonly id: string;
  readonly state: "staging" | "posting" | "finished" | "undoing" | "partly_undone" | "undone";
  readonly to_post: number;
  readonly posted_through: number;
  readonly undone_through: number;
  readonly undone: number;
  readonly players_left: number;
  readonly created_at: Date;
}

const columns = `b.import_batch_id as id, b.state, b.rows_to_post::float8 as to_post,
  b.posted_through::float8 as posted_through, b.undone_through::float8 as undone_through,
  b.undone::float8 as undone, b.players_left::float8 as players_left, b.created_at`;

/** What `--report` writes: the state that the import led to. */
export interface ImportReport {
  readonly players: Readonly<Record<string, object>>;
  readonly ledger_entries: number;
  readonly ledger_points: number;
  readonly replayed: number;
  readonly quarantined: readonly { readonly id: string; readonly reason: string }[];
  readonly balance_mismatches: Readonly<Record<string, number>>;
}

/** The account of an import's rows. */
export interface Account {
  readonly players: number;
  readonly history: number;
  /** That qualify for posting. */
  readonly slips: number;
  readonly skipped: number;
  readonly posted: number;
  readonly replayed: number;
  readonly quarantined: number;
  readonly unenrolled: number;
  readonly unreadable_claims: number;
}

/** One import at one casino: the calls of which every step of the command line is made. */
export class Batch {
  readonly #owner: Owner;
  readonly #casino: ImportCasino;
  #row: BatchRow;

  private constructor(owner: Owner, casino: ImportCasino, row: BatchRow) {
    this.#owner = owner;
    this.#casino = casino;
    this.#row = row;
  }

  /** The batch of an export: one that was begun earlier, or a new one. */
  static async open(owner: Owner, casino: ImportCasino, { files, folder }: ImportFiles): Promise<Batch> {
    const rows = await owner.query<BatchRow>(`select ${columns} from ops.open_import($1, $2, $3) as b`, [
      casino.code,
      await fingerprintOf(files),
      folder,
    ]);
    return new Batch(owner, casino, only(rows));
  }

  /** A batch by its id. */
  static async find(owner: Owner, casino: ImportCasino, id: string): Promise<Batch> {
    const rows = await owner.query<BatchRow>(`select ${columns} from ops.advance_import($1, $2) as b`, [
      casino.code,
      id,
    ]);
    return new Batch(owner, casino, only(rows));
  }

  get row(): BatchRow {
    return this.#row;
  }

  /** Sends the rows of a file that aren't there yet; `done` hears how many bytes are read. */
  async stage(file: LegacyFile, done: (bytes: number) => void): Promise<void> {
    const [staged] = await this.#owner.query<{ last: number }>("select ops.staged_import_rows($1, $2, $3) as last", [
      this.#casino.code,
      this.#row.id,
      file.name,
    ]);
    const last = staged?.last ?? 0;
    let sending: Promise<unknown> = Promise.resolve();
    try {
      for await (const { first, rows, bytes } of readRows(file)) {
        // One block is read while the one before it is stored.
        await sending;
        if (first + rows.length - 1 > last) sending = this.#send(file, first, rows);
        sending.catch(() => undefined);
        done(bytes);
      }
    } finally {
      await sending;
    }
  }

  async #send({ name }: LegacyFile, first: number, rows: readonly StagedRow[]): Promise<void> {
    await this.#owner.query("select ops.stage_import_rows($1, $2, $3, $4, $5, $6, $7)", [
      this.#casino.code,
      this.#row.id,
      name,
      first,
      ...stagedText(rows),
    ]);
  }

  /** Ends the staging: enrols players and judges rows. */
  async start(): Promise<void> {
    await this.#owner.query("analyze ops.import_row (casino_id, import_batch_id, file)");
    await this.#call("ops.start_import($1, $2)");
    await this.#owner.query(
      `analyze ops.import_posting (casino_id, import_batch_id, position), floor.player (casino_id, card_no),
        loyalty.player_loyalty (casino_id, player_id)`,
    );
  }

  /** Posts both halves side by side; `done` hears how many rows were tried. */
  async post(done: (rows: number) => void): Promise<void> {
    const second = this.#owner.second();
    const owners = second ? [this.#owner, second] : [this.#owner];
    const failed = new AbortController();
    try {
      const halves = owners.map(async (owner, index) => {
        try {
          await this.#postWith(owner, index === 0, done, failed.signal);
        } catch (thrown) {
          failed.abort();
          throw thrown;
        }
      });
      await Promise.allSettled(halves);
      await Promise.all(halves);
    } finally {
      await second?.end();
    }
    await this.#analyzeLedger();
  }

  async #postWith(owner: Owner, isFirst: boolean, done: (rows: number) => void, failed: AbortSignal): Promise<void> {
    for (let steps = 0; this.#row.state === "posting" && !failed.aborted; steps++) {
      await this.#call("ops.advance_import($1, $2)", [], owner);
      if (isFirst && steps === 0) await this.#analyzeLedger();
      done(this.#row.posted_through);
    }
  }

  /** Statistics know nothing of what just came, and plans that don't either read it all. */
  async #analyzeLedger(): Promise<void> {
    await this.#owner.query("analyze loyalty.loyalty_ledger (casino_id, player_id, entry_no, idempotency_key)");
  }

  /** The next step of rolling back. */
  advance(): Promise<BatchRow> {
    return this.#call("ops.advance_import($1, $2)");
  }

  /** Tries again what is in quarantine. */
  retry(): Promise<BatchRow> {
    return this.#call("ops.retry_quarantine($1, $2)");
  }

  /** Begins to take everything back. */
  rollBack(reason: string): Promise<BatchRow> {
    return this.#call("ops.undo_import($1, $2, $3)", [reason]);
  }

  async report(): Promise<{ report: ImportReport; account: Account }> {
    const rows = await this.#owner.query<{ report: ImportReport; account: Account }>(
      "select report, account from ops.import_report($1, $2)",
      [this.#casino.code, this.#row.id],
    );
    return only(rows);
  }

  /** How many of the casino's standings differ from its ledger. */
  async drift(): Promise<number> {
    // The argument makes the function wait for the casino that it runs for.
    const rows = await this.#owner.query<{ differences: number }>(
      `select count(*)::int as differences
       from identity.casino as c
       cross join lateral (select set_config('pit.casino', c.casino_id::text, false) as casino offset 0) as s
       cross join lateral loyalty._drift(case when s.casino = '' then uuidv7() end) as d
       where c.code = $1`,
      [this.#casino.code],
    );
    return only(rows).differences;
  }

  async #call(call: string, more: readonly string[] = [], owner = this.#owner): Promise<BatchRow> {
    const rows = await owner.query<BatchRow>(`select ${columns} from ${call} as b`, [
      this.#casino.code,
      this.#row.id,
      ...more,
    ]);
    this.#row = only(rows);
    return this.#row;
  }
}

function only<Row>(rows: readonly Row[]): Row {
  const [row] = rows;
  if (row === undefined) throw new Error("The database gave no row.");
  return row;
}
