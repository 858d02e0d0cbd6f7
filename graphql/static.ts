import { createHash, randomBytes } from "node:crypto";
import { type Dirent, readdirSync, readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname, join, relative, sep } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".map": "application/json; charset=utf-8",
  ".webmanifest": "application/manifest+json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
};
const compressible = /^(text\/|application\/(json|manifest)|image\/svg)/;

/** In the page's HTML, this stands for the nonce of the request (Vite's `html.cspNonce`). */
const noncePlaceholder = "__CSP_NONCE__";

interface File {
  readonly body: Buffer;
  readonly type: string;
  readonly etag: string;
  /** Vite names files of assets/ by their content, so they never change. */
  readonly immutable: boolean;
  readonly compressed: Map<string, Promise<Buffer>>;
}

export type StaticHandler = (request: IncomingMessage, response: ServerResponse, path: string) => Promise<void>;

/**
 * Serves the built web client. It is small, so it is read into memory at start; a path can't lead
 * out of the folder, since only what was found there is served. Any other path without a file's
 * ending is a screen of the client and gets its page.
 */
export function makeStaticHandler(root: string): StaticHandler {
  const files = readFiles(root);
  return async (request, response, path) => {
    if (request.method !== "GET" && request.method !== "HEAD") {
      return sendText(response, 405, "Only GET and HEAD are possible here.", { allow: "GET, HEAD" });
    }
    const page = files.get("/index.html");
    const file = files.get(path === "/" ? "/index.html" : path) ?? (extname(path) === "" ? page : undefined);
    if (!file && !page && extname(path) === "") {
      return sendText(response, 503, "The web client has not been built: run npm run build.");
    }
    if (!file) return sendText(response, 404, "There is nothing here.");
    if (file === page) return sendPage(response, file);
    await sendFile(request, response, file);
  };
}

export function sendText(
  response: ServerResponse,
  status: number,
  text: string,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store", ...headers });
  response.end(`${text}\n`);
}

/** Scripts, styles and connections are our own; nothing may frame a page or see where it linked from. */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

function sendPage(response: ServerResponse, { body, type }: File): void {
  const nonce = randomBytes(16).toString("base64url");
  const page = body.toString("utf8").replaceAll(noncePlaceholder, nonce);
  response.writeHead(200, {
    "content-type": type,
    "cache-control": "no-store",
    "content-security-policy": contentSecurityPolicy(nonce),
  });
  response.end(page);
}

async function sendFile(request: IncomingMessage, response: ServerResponse, file: File): Promise<void> {
  const headers: Record<string, string> = {
    "content-type": file.type,
    "cache-control": file.immutable ? "public, max-age=31536000, immutable" : "no-cache",
    etag: file.etag,
  };
  if (request.headers["if-none-match"]?.split(/\s*,\s*/).some((tag) => tag.replace(/^W\//, "") === file.etag)) {
    response.writeHead(304, headers);
    response.end();
    return;
  }
  let body = file.body;
  if (compressible.test(file.type)) {
    headers.vary = "Accept-Encoding";
    const encoding = chooseEncoding(request.headers["accept-encoding"]);
    if (encoding) {
      body = await compress(file, encoding);
      headers["content-encoding"] = encoding;
    }
  }
  response.writeHead(200, { ...headers, "content-length": String(body.length) });
  response.end(body);
}

type Encoding = "br" | "gzip";

function chooseEncoding(accepted: string | string[] | undefined): Encoding | undefined {
  const names = String(accepted ?? "")
    .split(",")
    .filter((each) => !/;\s*q=0(\.0*)?\s*$/.test(each))
    .map((each) => each.split(";")[0]?.trim());
  return names.includes("br") ? "br" : names.includes("gzip") ? "gzip" : undefined;
}

function compress(file: File, encoding: Encoding): Promise<Buffer> {
  let compressed = file.compressed.get(encoding);
  if (!compressed) {
    compressed =
      encoding === "br"
        ? promisify(brotliCompress)(file.body, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } })
        : promisify(gzip)(file.body);
    file.compressed.set(encoding, compressed);
  }
  return compressed;
}

function readFiles(root: string): Map<string, File> {
  const files = new Map<string, File>();
  for (const entry of listFiles(root)) {
    const file = join(entry.parentPath, entry.name);
    const path = `/${relative(root, file).split(sep).join("/")}`;
    const body = readFileSync(file);
    files.set(path, {
      body,
      type: types[extname(file)] ?? "application/octet-stream",
      etag: `"${createHash("sha256").update(body).digest("base64url").slice(0, 27)}"`,
      immutable: path.startsWith("/assets/"),
      compressed: new Map(),
    });
  }
  return files;
}

function listFiles(root: string): Dirent[] {
  try {
    return readdirSync(root, { recursive: true, withFileTypes: true }).filter(
      (entry) => entry.isFile() && !entry.name.startsWith("."), // such as the stamp of what was built
    );
  } catch {
    return []; // not built; asking for a page says so
  }
}
