/**
 * An error that is meant for the person at the terminal: its message is a whole sentence that says
 * what is wrong and what to do. The command line prints it without a stack.
 */
export class Sentence extends Error {
  override name = "Sentence";
}

/** The message of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  if (thrown instanceof AggregateError && thrown.message === "") {
    return thrown.errors.map(messageOf).join("; ");
  }
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** The `code` of a system or PostgreSQL error, or undefined. */
export function codeOf(thrown: unknown): string | undefined {
  if (typeof thrown !== "object" || thrown === null || !("code" in thrown)) return undefined;
  return typeof thrown.code === "string" ? thrown.code : undefined;
}
