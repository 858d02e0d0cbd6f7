import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";
import pg from "pg";

/** The schema that holds pgTAP, apart from everything that is tested. */
export const pgtapSchema = "pgtap";

/**
 * Installs pgTAP into a database of the embedded server. The files come from npm; PostgreSQL 18
 * reads extensions from any folder, so node_modules stays as npm left it.
 */
export async function installPgtap(owner: pg.Client): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "pitledger-pgtap-"));
  try {
    unpack(join(folder, "extension"));
    chmodSync(folder, 0o755);
    await owner.query(`create schema if not exists ${pgtapSchema}`);
    await owner.query(`grant usage on schema ${pgtapSchema} to public`);
    await owner.query(`set extension_control_path = ${pg.escapeLiteral(`${folder}:$system`)}`);
    await owner.query(`create extension if not exists pgtap schema ${pgtapSchema}`);
    await owner.query("reset extension_control_path");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function unpack(target: string): void {
  mkdirSync(target, { mode: 0o755 });
  const require = createRequire(import.meta.url);
  const archive = join(dirname(require.resolve("@electric-sql/pglite-pgtap")), "pgtap.tar.gz");
  for (const { name, content } of entriesOf(gunzipSync(readFileSync(archive)))) {
    if (/^pgtap(--\d+\.\d+\.\d+\.sql|\.control)$/.test(basename(name))) {
      writeFileSync(join(target, basename(name)), content, { mode: 0o644 });
    }
  }
}

/** The files of a tar archive: a header of 512 bytes, then the content in blocks of 512. */
function* entriesOf(tar: Buffer): Generator<{ name: string; content: Buffer }> {
  for (let at = 0; at + 512 <= tar.length && tar[at] !== 0; ) {
    const field = (from: number, length: number) =>
      tar
        .toString("utf8", at + from, at + from + length)
        .split("\0")[0]
        ?.trim() ?? "";
    const size = Number.parseInt(field(124, 12), 8) || 0;
    yield { name: field(0, 100), content: tar.subarray(at + 512, at + 512 + size) };
    at += 512 + Math.ceil(size / 512) * 512;
  }
}
