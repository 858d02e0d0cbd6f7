import { randomUUID } from "node:crypto";

export const correlationHeader = "x-correlation-id";

const wellFormed = /^[A-Za-z0-9._:-]{1,64}$/;

/** The first candidate that may serve as a correlation id, or else a fresh one. */
export function correlationId(...candidates: unknown[]): string {
  for (const candidate of candidates) {
    if (typeof candidate === "string" && wellFormed.test(candidate)) return candidate;
  }
  return randomUUID();
}
