import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { messageOf, Sentence } from "../sentence.ts";
import { describe, errorOf, type Officer } from "./officer.ts";

export interface Acknowledge {
  readonly acknowledgement: Buffer;
  /** The batch file that was sent. */
  readonly batch: Buffer | undefined;
}

/** The files of the command line, read before anything is started. */
export function readFiles(file: string, batch: string | undefined): Acknowledge {
  return { acknowledgement: read(file), batch: batch === undefined ? undefined : read(batch) };
}

interface Answer {
  readonly accepted: boolean;
  readonly errors: readonly FoundError[];
  readonly cases: readonly CaseOutcome[];
}

interface CaseOutcome {
  readonly caseId: string;
  readonly gamingDay: string;
  readonly outcome: "acknowledged" | "replayed" | "rejected" | "refused";
  readonly bsaId: string | null;
  readonly message: string | null;
  readonly errors: readonly FoundError[];
}

interface FoundError {
  readonly level: string | null;
  readonly code: string | null;
  readonly text: string | null;
  readonly element: string | null;
}

export interface Acknowledged {
  readonly lines: readonly string[];
  /** Whether every case has its identifier now. */
  readonly complete: boolean;
}

/** Hands an acknowledgement file over and says what it did to each case. */
export async function acknowledgeBatch(
  officer: Officer,
  { acknowledgement, batch }: Acknowledge,
): Promise<Acknowledged> {
  const sha256 = batch && createHash("sha256").update(batch).digest("hex");
  const response = await officer.send(`/ctr/acknowledgement${sha256 === undefined ? "" : `?batch=${sha256}`}`, {
    method: "POST",
    headers: { "content-type": "application/xml" },
    body: acknowledgement,
  });
  if (!response.ok) throw describe(await errorOf(response));
  const { accepted, errors, cases } = (await response.json()) as Answer;
  return {
    lines: [
      ...(accepted ? [] : ["The batch was rejected."]),
      ...errors.map((error) => `  ${sentenceOf(error)}`),
      ...cases.flatMap((each) => [
        `${each.gamingDay}  ${each.caseId}: ${whatHappened(each)}`,
        ...each.errors.map((error) => `  ${sentenceOf(error)}`),
      ]),
    ],
    complete: accepted && cases.every(({ outcome }) => outcome === "acknowledged" || outcome === "replayed"),
  };
}

function whatHappened({ outcome, bsaId, message }: CaseOutcome): string {
  switch (outcome) {
    case "acknowledged":
      return `acknowledged as ${bsaId}`;
    case "replayed":
      return `had been acknowledged as ${bsaId}`;
    case "rejected":
      return "rejected, it has no BSA identifier";
    case "refused":
      return `not acknowledged as ${bsaId}: ${message}`;
  }
}

function sentenceOf({ level, code, text, element }: FoundError): string {
  return [level, code, element, text].filter((each) => each !== null).join(" ");
}

function read(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (thrown) {
    throw new Sentence(`${file} can't be read: ${messageOf(thrown)}.`);
  }
}
