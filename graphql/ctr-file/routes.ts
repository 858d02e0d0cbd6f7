import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Pool, PoolClient } from "pg";
import { asStaff, type StaffWork } from "../auth/as-staff.ts";
import { isSecure, readToken } from "../auth/cookie.ts";
import { comesFromOurselves } from "../auth/origin.ts";
import { type Handler, sendJson } from "../auth/routes.ts";
import type { Sessions } from "../auth/sessions.ts";
import { sessionClaim } from "../auth/token.ts";
import { BodyTooLarge, readBody } from "../body.ts";
import { correlationOf } from "../context.ts";
import { type ClientError, codeOfStatus, type ErrorMapper } from "../errors.ts";
import type { Notifier } from "../notify.ts";
import { extensionsOf } from "../plugins/answers.ts";
import { Refusal } from "../refusal.ts";
import type { RefusalRecorder } from "../refusals.ts";
import { readAcknowledgement, Unreadable } from "./acknowledgement.ts";
import { writeBatch } from "./batch.ts";
import { acknowledgeCases, nameCases } from "./cases.ts";
import type { Batch } from "./report.ts";
import { findFaults } from "./schema.ts";

export interface CtrOptions {
  readonly pool: Pool;
  readonly sessions: Sessions;
  readonly errors: ErrorMapper;
  readonly notifier: Notifier;
  readonly refusals: RefusalRecorder;
  readonly trustProxy: boolean;
}

const longestAcknowledgement = 20_000_000;

/** Answers of registered errors that aren't 400. */
const statuses: Readonly<Record<string, number>> = {
  UNAUTHORIZED: 401,
  FORBIDDEN: 403,
  CTR_BATCH_EMPTY: 404,
  CTR_BATCH_OUTDATED: 409,
  CTR_IDENTIFICATION_INCOMPLETE: 422,
  CTR_INVALID_FILER: 422,
  RETRY: 503,
  TIMEOUT: 503,
  UNAVAILABLE: 503,
  INTERNAL_ERROR: 500,
};

/** GET /ctr/batch.xml and POST /ctr/acknowledgement. */
export function makeCtrRoutes(options: CtrOptions): Record<string, Handler> {
  const { errors, notifier, refusals, trustProxy } = options;
  const staff: StaffWork = options;

  /** The file of a period's cases: valid by FinCEN's schema and on record, or not given at all. */
  async function sendBatch(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { from, to, filed } = readPeriod(request);
    const file = await asStaff(staff, request, async (client) => {
      const batch = await readBatch(client, { from, to, filed });
      const bytes = writeBatch(batch);
      refuseFaults(bytes, batch);
      await client.query("select compliance.record_ctr_export($1, $2, $3, $4)", [
        createHash("sha256").update(bytes).digest("hex"),
        from,
        to,
        JSON.stringify(batch.reports),
      ]);
      return bytes;
    });
    response.writeHead(200, {
      "content-type": "application/xml; charset=utf-8",
      "content-disposition": `attachment; filename="ctr-${from}-${to}.xml"`,
      "content-length": file.length,
      "cache-control": "no-store",
    });
    response.end(request.method === "HEAD" ? undefined : file);
  }

  async function readBatch(client: PoolClient, { from, to, filed }: Period): Promise<Batch> {
    const text = filed ? "select compliance.ctr_batch_filed($1, $2)" : "select compliance.ctr_batch($1, $2)";
    await client.query("savepoint batch");
    try {
      const { rows } = await client.query<{ batch: Batch }>(`${text} as batch`, [from, to]);
      if (!rows[0]) throw new Error("The batch's function gave no row.");
      return rows[0].batch;
    } catch (thrown) {
      if (!(thrown instanceof Error) || !("code" in thrown) || thrown.code !== "MTIDN") throw thrown;
      await client.query("rollback to savepoint batch");
      const error = errors.map(thrown, { correlationId: "", visitor: false });
      throw new Refusal(422, { ...error, details: await nameCases(client, error.details) });
    }
  }

  async function takeAcknowledgement(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!/^(application|text)\/xml\b/i.test(request.headers["content-type"] ?? "")) {
      throw new Refusal(415, { message: "The body must be XML.", ...codeOfStatus(415) });
    }
    const batch = parametersOf(request).get("batch") ?? undefined;
    if (batch !== undefined && !/^[0-9a-f]{64}$/.test(batch)) {
      throw badRequest("The batch is named by the SHA-256 of its file, as 64 hexadecimal digits.");
    }
    const acknowledgement = readAcknowledgement(await readBody(request, longestAcknowledgement));
    const { cases, casinoId } = await asStaff(staff, request, async (client, viewer) => {
      await refuseOthers(client);
      const outcomes = await acknowledgeCases({ client, acknowledgement, batch, registry: errors.registry });
      return { cases: outcomes, casinoId: viewer.casinoId };
    });
    notifier.changed(casinoId, ["compliance"]);
    sendJson(response, 200, { accepted: acknowledgement.accepted, errors: acknowledgement.errors, cases });
  }

  /** Others see no batch files, and are told why. */
  async function refuseOthers(client: PoolClient): Promise<void> {
    const { rows } = await client.query<{ may: boolean }>("select identity.session_may('ctr:file') as may");
    if (rows[0]?.may) return;
    const { message, ...error } = errors.registry.error("IDFRB");
    throw new Refusal(403, { ...error, message: message.replace("%s", "ctr:file") });
  }

  function guarded(methods: readonly string[], handler: Handler): Handler {
    return async (request, response) => {
      try {
        if (!methods.includes(request.method ?? "")) {
          response.setHeader("allow", methods.join(", "));
          throw new Refusal(405, { message: `Only ${methods.join(" and ")} are possible here.`, ...codeOfStatus(405) });
        }
        if (!comesFromOurselves(request, trustProxy)) {
          throw new Refusal(403, {
            message: "The request comes from another site.",
            code: "FORBIDDEN_ORIGIN",
            hint: "Use PitLedger's own pages, or a client that isn't a browser.",
          });
        }
        await handler(request, response);
      } catch (thrown) {
        const { status, error } = refusalOf(thrown, correlationOf(request));
        recordRefusal(request, error);
        if (!request.complete) response.setHeader("connection", "close");
        const extensions = extensionsOf(error, correlationOf(request));
        sendJson(response, status, { error: { message: error.message, ...extensions } });
      }
    };
  }

  function recordRefusal(request: IncomingMessage, { sqlstate }: ClientError): void {
    const session = sessionClaim(readToken(request, isSecure(request, trustProxy)));
    if (session === undefined || sqlstate === undefined) return;
    const operation = (request.url ?? "").split("?", 1)[0]?.slice(1) ?? "other";
    refusals.record({ session, operation, sqlstate, correlationId: correlationOf(request) });
  }

  function refusalOf(thrown: unknown, correlationId: string): Refusal {
    if (thrown instanceof Refusal) return thrown;
    if (thrown instanceof BodyTooLarge) {
      return new Refusal(413, { message: "The file is too large.", ...codeOfStatus(413) });
    }
    if (thrown instanceof Unreadable) {
      return new Refusal(422, {
        message: thrown.message,
        code: "CTR_ACKNOWLEDGEMENT_UNREADABLE",
        hint: "Give the acknowledgement file as FinCEN's system offers it for download.",
      });
    }
    const error = errors.map(thrown, { correlationId, visitor: false, operation: "ctr-file" });
    return new Refusal(statuses[error.code] ?? 400, error);
  }

  return {
    "/ctr/batch.xml": guarded(["GET"], sendBatch),
    "/ctr/acknowledgement": guarded(["POST"], takeAcknowledgement),
  };
}

interface Period {
  readonly from: string;
  readonly to: string;
  readonly filed: boolean;
}

function readPeriod(request: IncomingMessage): Period {
  const parameters = parametersOf(request);
  const from = parameters.get("from") ?? "";
  const to = parameters.get("to") ?? "";
  if (!isDay(from) || !isDay(to) || from > to) {
    throw badRequest("The period is two gaming days, from=2026-01-01&to=2026-01-31, in this order.");
  }
  return { from, to, filed: parameters.get("filed") === "true" };
}

/** A day of the calendar as YYYY-MM-DD. */
function isDay(text: string): boolean {
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

function parametersOf(request: IncomingMessage): URLSearchParams {
  return new URLSearchParams((request.url ?? "").split("?", 2)[1] ?? "");
}

function badRequest(message: string): Refusal {
  return new Refusal(400, { message, code: "BAD_REQUEST", hint: "Correct the address." });
}

/** Whatever the database let through, a file that FinCEN's schema refuses isn't given to anybody. */
function refuseFaults(file: Buffer, { reports }: Batch): void {
  const faults = findFaults(file).map((fault) => {
    const place = Number(/^EFilingBatchXML\/Activity\[(\d+)\]/.exec(fault.path)?.[1] ?? 1);
    return { caseId: reports[place - 1]?.case_id ?? null, path: fault.path, reason: fault.reason };
  });
  if (faults.length === 0) return;
  throw new Refusal(422, {
    message: "The file would not be valid.",
    code: "CTR_FILE_INVALID",
    hint: "Correct what the details name: the casino's filing data or a person's identification.",
    details: { faults },
  });
}
