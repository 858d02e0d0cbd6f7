import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { SafeError } from "postgraphile/grafast";
import type { ParsedGraphQLBody } from "postgraphile/grafserv";

/** Any operation, or only those of the web client and of a file that the operator adds. */
export type OperationMode = "any" | "persisted";

export function operationMode(value = process.env.GRAPHQL_OPERATIONS): OperationMode {
  if (value === undefined || value === "" || value === "any") return "any";
  if (value === "persisted") return "persisted";
  throw new Error(`GRAPHQL_OPERATIONS is "${value}"; it can be "any" or "persisted".`);
}

/**
 * Accepts an operation by its hash (documentId, id, or Apollo's extensions.persistedQuery), or
 * by exactly the text that was committed. The usual plugin for this writes a refused request to
 * the log, with its variables; personal data has no place there.
 */
export function makePersistedOperationsPlugin(files: readonly string[]): GraphileConfig.Plugin {
  const documents = new Map<string, string>();
  for (const file of files) {
    for (const [key, document] of Object.entries(readOperations(file))) {
      documents.set(bare(key), document);
      documents.set(sha256(document), document);
    }
  }
  return {
    name: "PitLedgerPersistedOperationsPlugin",
    version: "1.0.0",
    grafserv: {
      middleware: {
        processGraphQLRequestBody(next, { body }) {
          const document = documents.get(hashOf(body));
          if (document === undefined) {
            throw new SafeError("This server accepts only operations that are on its list.", {
              code: "OPERATION_NOT_ALLOWED",
              hint: "Send a listed operation's documentId, or have the operator add the operation to the list.",
              statusCode: 400,
            });
          }
          body.query = document;
          return next();
        },
      },
    },
  };
}

function hashOf({ extensions, documentId, id, query }: ParsedGraphQLBody): string {
  const persisted = isRecord(extensions) && isRecord(extensions.persistedQuery) ? extensions.persistedQuery : {};
  const hash = [persisted.sha256Hash, documentId, id].find((each) => typeof each === "string");
  if (hash !== undefined) return bare(hash);
  return typeof query === "string" ? sha256(query) : "";
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

export const committedOperations = join(import.meta.dirname, "..", "persisted-operations.json");
export const feedOperations = join(import.meta.dirname, "..", "feed-operations.json");

function readOperations(file: string): Record<string, string> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(file, "utf8"));
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : "unreadable";
    throw new Error(`The operations of ${file} can't be read: ${reason}.`);
  }
  if (typeof parsed !== "object" || parsed === null || !Object.values(parsed).every((v) => typeof v === "string")) {
    throw new Error(`${file} must be a JSON object of operations by their SHA-256.`);
  }
  return parsed as Record<string, string>;
}

/** The operations that may have figures of their own: those of the web client, of feeds, and the operator's. */
export function namesOfOperations(files: readonly string[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const document of files.flatMap((file) => Object.values(readOperations(file)))) {
    for (const [, name] of document.matchAll(/\b(?:query|mutation|subscription)\s+(\w+)/g)) if (name) names.add(name);
  }
  return names;
}

function bare(key: string): string {
  return key.replace(/^sha256:/, "");
}

function sha256(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}
