import { Sentence } from "./sentence.ts";

interface Step {
  readonly name: string;
  readonly stop: () => Promise<void>;
}

/** What was started, to be stopped in the opposite order. */
export class Undo {
  readonly #steps: Step[] = [];
  #isClosed = false;

  /** Notes what was started; once closed, ends the starting instead of going on with it. */
  add(name: string, stop: () => Promise<void>): void {
    this.#steps.push({ name, stop });
    if (this.#isClosed) throw new Error("Stopped while starting.");
  }

  /** Nothing more shall be started. */
  close(): void {
    this.#isClosed = true;
  }

  /** Stops everything; a part that fails to stop doesn't keep the others running. */
  async all(): Promise<void> {
    for (let step = this.#steps.pop(); step; step = this.#steps.pop()) {
      await step.stop().catch((error: unknown) => console.error(`Stopping the ${step.name} failed:`, error));
    }
  }
}

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Runs `begin` and then waits for a signal, or for `fail` to be called; either way stops what was
 * started. A signal during `begin` is honoured as soon as it has finished its step.
 */
export async function untilStopped(undo: Undo, begin: (fail: (error: Error) => void) => Promise<void>): Promise<void> {
  const { promise: stopped, resolve: stop, reject: fail } = Promise.withResolvers<void>();
  let firstSignalAt = 0;
  const onSignal = () => {
    // A terminal's Ctrl-C arrives twice, from the terminal and from npm.
    if (firstSignalAt > 0 && Date.now() - firstSignalAt > 1_000) process.exit(130);
    if (firstSignalAt === 0) {
      firstSignalAt = Date.now();
      console.log("\nStopping… (Ctrl-C again to stop at once)");
    }
    undo.close();
    stop();
  };
  for (const signal of signals) process.on(signal, onSignal);
  const started = begin(fail);
  try {
    await Promise.race([stopped, started.then(() => stopped)]);
  } finally {
    await Promise.race([started.catch(() => undefined), patience(15_000)]);
    await undo.all();
    for (const signal of signals) process.removeListener(signal, onSignal);
  }
}

function patience(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}

/** A port that somebody else has is the most common reason for a server not to start. */
export function explainPort(error: unknown, port: number, variable = "PORT"): unknown {
  const isTaken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
  return isTaken
    ? new Sentence(`Port ${port} is in use: stop the program that has it, or set ${variable} to another one.`)
    : error;
}
