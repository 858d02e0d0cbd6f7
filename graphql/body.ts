import type { IncomingMessage } from "node:http";

export class BodyTooLarge extends Error {}

/** Reads a request's body; stops reading when it is longer than allowed. */
export async function readBody(request: IncomingMessage, longest: number): Promise<Buffer> {
  if (Number(request.headers["content-length"] ?? 0) > longest) throw new BodyTooLarge();
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    const bytes: Buffer = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    length += bytes.length;
    if (length > longest) throw new BodyTooLarge();
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

export function isJson(request: IncomingMessage): boolean {
  return /^application\/json\s*(;|$)/i.test(request.headers["content-type"] ?? "");
}
