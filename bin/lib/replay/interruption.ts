const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** The replay was asked to stop; what was sent so far stays. */
export class Interrupted extends Error {
  override name = "Interrupted";
}

/**
 * Ctrl-C once lets the request that is under way finish; again, it is abandoned. Both are safe:
 * the database applies a request's events or doesn't, and knows them when they come again.
 */
export class Interruption {
  readonly #wish = new AbortController();
  readonly #demand = new AbortController();
  readonly #onSignal = () => this.#heed();
  readonly #onWish: () => void;
  #firstAt = 0;

  constructor(onWish: () => void) {
    this.#onWish = onWish;
    for (const signal of signals) process.on(signal, this.#onSignal);
  }

  /** Aborted by the first signal: start nothing more. */
  get wished(): AbortSignal {
    return this.#wish.signal;
  }

  /** Aborted by the second: wait for nothing. */
  get demanded(): AbortSignal {
    return this.#demand.signal;
  }

  throwIfWished(): void {
    if (this.wished.aborted) throw new Interrupted();
  }

  stopListening(): void {
    for (const signal of signals) process.removeListener(signal, this.#onSignal);
  }

  #heed(): void {
    const now = Date.now();
    if (this.#firstAt === 0) {
      this.#firstAt = now;
      this.#wish.abort();
      this.#onWish();
    } else if (now - this.#firstAt > 1_000) {
      // Within a second it is the same Ctrl-C, once from the terminal and once from npm.
      this.#demand.abort();
      setTimeout(() => process.exit(130), 5_000).unref();
    }
  }
}
