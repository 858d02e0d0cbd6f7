import type { ClientError } from "./errors.ts";

/** A request outside GraphQL that is answered with an error and this status. */
export class Refusal extends Error {
  readonly status: number;
  readonly error: ClientError;

  constructor(status: number, error: ClientError) {
    super(error.message);
    this.status = status;
    this.error = error;
  }
}
