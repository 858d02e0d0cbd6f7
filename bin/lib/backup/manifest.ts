import { createHash } from "node:crypto";
import { createReadStream, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { messageOf, Sentence } from "../sentence.ts";

interface Manifest {
  readonly Files: readonly { Path?: string; Size: number; Checksum?: string }[];
  readonly "Manifest-Checksum": string;
}

/** Compares the files of a folder with PostgreSQL's manifest of them, as pg_verifybackup does. */
export async function checkManifest(file: string, folder: string): Promise<number> {
  const manifest = readManifest(file);
  for (const { Path: path, Size: size, Checksum: checksum } of manifest.Files) {
    if (path === undefined) continue;
    const found = statSync(join(folder, path), { throwIfNoEntry: false });
    if (!found) throw new Sentence(`The backup is damaged: it has no ${path}.`);
    if (found.size !== size || (await sha256(join(folder, path))) !== checksum) {
      throw new Sentence(`The backup is damaged: ${path} isn't what was backed up.`);
    }
  }
  return manifest.Files.length;
}

/** Its last line holds the hash of everything before it. */
function readManifest(file: string): Manifest {
  try {
    const text = readFileSync(file, "utf8");
    const manifest = JSON.parse(text) as Manifest;
    const covered = text.slice(0, text.lastIndexOf('"Manifest-Checksum"'));
    if (createHash("sha256").update(covered).digest("hex") !== manifest["Manifest-Checksum"]) {
      throw new Error("its own hash doesn't fit");
    }
    return manifest;
  } catch (thrown) {
    throw new Sentence(`The backup is damaged: ${file} can't be read (${messageOf(thrown)}).`);
  }
}

async function sha256(file: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
}
