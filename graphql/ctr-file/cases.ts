import type { PoolClient } from "pg";
import type { ErrorRegistry, Json } from "../errors.ts";
import { Refusal } from "../refusal.ts";
import type { AcknowledgedReport, Acknowledgement, ReportError } from "./acknowledgement.ts";

/** What an acknowledgement did to one case. */
export interface CaseOutcome {
  readonly caseId: string;
  readonly gamingDay: string;
  /** rejected: by FinCEN, see the errors. refused: by us, see the code. */
  readonly outcome: "acknowledged" | "replayed" | "rejected" | "refused";
  readonly bsaId: string | null;
  readonly code: string | null;
  readonly message: string | null;
  /** What FinCEN found, also in what it accepted. */
  readonly errors: readonly ReportError[];
}

export interface AcknowledgeOptions {
  readonly client: PoolClient;
  readonly acknowledgement: Acknowledgement;
  /** SHA-256 of the batch file that is acknowledged; without it, the only one that fits is found. */
  readonly batch: string | undefined;
  readonly registry: ErrorRegistry;
}

interface Case {
  readonly case_id: string;
  readonly gaming_day: string;
  readonly state: string;
  readonly bsa_id: string | null;
}

/** Gives each case of a batch its BSA identifier; what can't be given is said case by case. */
export async function acknowledgeCases(options: AcknowledgeOptions): Promise<CaseOutcome[]> {
  const { reports } = options.acknowledgement;
  const cases = await findCases(options);
  const outcomes: CaseOutcome[] = [];
  for (const [place, report] of reports.entries()) {
    const found = cases[place];
    if (found) outcomes.push(await acknowledgeCase(options, found, report));
  }
  return outcomes;
}

/**
 * Puts the people's names into the list of incomplete cases. The database leaves them out, because
 * what it raises may reach its log.
 */
export async function nameCases(client: PoolClient, details: Json | undefined): Promise<Json> {
  const { cases } = (details ?? {}) as { cases?: { [key: string]: Json }[] };
  if (!cases) return details ?? null;
  const { rows } = await client.query<{ case_id: string; name: string | null }>(
    "select case_id, coalesce(name, description) as name from compliance.ctr_case_summary where case_id = any ($1)",
    [cases.map(({ caseId }) => caseId)],
  );
  const names = new Map(rows.map(({ case_id, name }) => [case_id, name]));
  return { cases: cases.map((each) => ({ ...each, name: names.get(String(each.caseId)) ?? null })) };
}

async function acknowledgeCase(
  { client, registry }: AcknowledgeOptions,
  { case_id, gaming_day }: Case,
  { bsaId, errors }: AcknowledgedReport,
): Promise<CaseOutcome> {
  const outcome = { caseId: case_id, gamingDay: gaming_day, bsaId, code: null, message: null, errors };
  if (bsaId === null) return { ...outcome, outcome: "rejected" };
  await client.query("savepoint acknowledge");
  try {
    const { rows } = await client.query<{ replayed: boolean }>("select (compliance.acknowledge_ctr($1, $2)).replayed", [
      case_id,
      bsaId,
    ]);
    await client.query("release savepoint acknowledge");
    return { ...outcome, outcome: rows[0]?.replayed ? "replayed" : "acknowledged" };
  } catch (thrown) {
    const registered = thrown instanceof Error && "code" in thrown ? registry.get(String(thrown.code)) : undefined;
    if (!registered || !(thrown instanceof Error)) throw thrown;
    await client.query("rollback to savepoint acknowledge");
    return { ...outcome, outcome: "refused", code: registered.name, message: thrown.message };
  }
}

/** The batch's cases, in the order of the file. */
async function findCases({ client, acknowledgement, batch }: AcknowledgeOptions): Promise<Case[]> {
  const { reports } = acknowledgement;
  if (reports.length === 0) return [];
  const { rows: exports } = await client.query<{ case_ids: string[] }>(
    `select distinct case_ids from compliance.ctr_export
    where cardinality(case_ids) = $1 and ($2::text is null or file_sha256 = decode($2, 'hex'))`,
    [reports.length, batch ?? null],
  );
  const candidates: Case[][] = [];
  for (const { case_ids } of exports) {
    const cases = await readCases(client, case_ids);
    if (batch !== undefined || cases.every((each, place) => fits(each, reports[place]))) candidates.push(cases);
  }
  const [found, ...more] = candidates;
  if (!found) {
    throw refusal(
      "CTR_BATCH_NOT_FOUND",
      `No batch file of ${reports.length} filed cases that await this acknowledgement was made here.`,
      "Mark the cases as filed first, and name the batch file that was sent.",
    );
  }
  if (more.length > 0) {
    throw refusal(
      "CTR_BATCH_AMBIGUOUS",
      `${candidates.length} batch files of ${reports.length} cases await an acknowledgement.`,
      "Name the batch file that was sent.",
    );
  }
  return found;
}

/** Whether a case may still get this identifier, or has it already. */
function fits({ state, bsa_id }: Case, report: AcknowledgedReport | undefined): boolean {
  return state === "filed" || (state === "acknowledged" && (report?.bsaId ?? null) === bsa_id);
}

async function readCases(client: PoolClient, caseIds: readonly string[]): Promise<Case[]> {
  const { rows } = await client.query<Case>(
    `select c.case_id, c.gaming_day::text, c.state, c.bsa_id
    from unnest($1::uuid[]) with ordinality as e (case_id, place)
    join compliance.ctr_case as c using (case_id)
    order by e.place`,
    [caseIds],
  );
  return rows;
}

function refusal(code: string, message: string, hint: string): Refusal {
  return new Refusal(422, { message, code, hint });
}
