import type { Pool } from "pg";

/** Who a session belongs to, as the database answered. */
export interface Viewer {
  readonly casinoId: number;
  readonly staffId: string;
  readonly sessionId: string;
}

interface Seen {
  readonly viewer: Viewer;
  readonly at: number;
}

const touchEvery = 15_000;
const mostRemembered = 10_000;

/**
 * Asks the database who a session belongs to, and keeps a session in use from idling out. It asks
 * once in 15 seconds per session. What is remembered in between grants nothing: every read and
 * every command looks the session up again, in SQL.
 */
export class Sessions {
  readonly #pool: Pool;
  readonly #seen = new Map<string, Seen>();

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** Undefined when the session has ended or never was. `fresh` asks the database in any case. */
  async find(claim: string | undefined, { fresh = false } = {}): Promise<Viewer | undefined> {
    if (claim === undefined) return undefined;
    const seen = this.#seen.get(claim);
    if (seen && !fresh && Date.now() - seen.at < touchEvery) return seen.viewer;

    const { rows } = await this.#pool.query<{ casino_id: number; staff_id: string; session_id: string }>({
      name: "touch_session",
      text: "select casino_id, staff_id, session_id from identity.touch_session($1)",
      values: [claim],
    });
    const row = rows[0];
    this.#seen.delete(claim);
    if (!row) return undefined;
    const viewer = { casinoId: row.casino_id, staffId: row.staff_id, sessionId: row.session_id };
    if (this.#seen.size >= mostRemembered) this.#forgetOldest();
    this.#seen.set(claim, { viewer, at: Date.now() });
    return viewer;
  }

  /** Whether the session still lives; asking doesn't count as using it. */
  async lives(claim: string): Promise<boolean> {
    try {
      await this.#pool.query({
        name: "session_lives",
        text: `with claim as materialized (select set_config('pit.session', $1, true))
          select identity.current_casino_id() from claim`,
        values: [claim],
      });
      return true;
    } catch (thrown) {
      if (thrown instanceof Error && "code" in thrown && thrown.code === "IDUNA") return false;
      throw thrown;
    }
  }

  forget(claim: string): void {
    this.#seen.delete(claim);
  }

  #forgetOldest(): void {
    for (const claim of this.#seen.keys()) {
      this.#seen.delete(claim);
      return;
    }
  }
}
