import { readProperty } from "../replay/files.ts";
import { Sentence } from "../sentence.ts";
import type { Owner } from "./owner.ts";

export interface ImportCasino {
  readonly code: string;
  readonly name: string;
}

/** A casino for an export that comes to an empty database and says nothing of its own. */
const unnamed = {
  code: "LEGACY",
  name: "Legacy import",
  policy: "pt1",
  games: [],
  tables: [],
  tiers: [
    { tier: "BRONZE", threshold_points: 0, multiplier: "1.00" },
    { tier: "SILVER", threshold_points: 10_000, multiplier: "1.25" },
    { tier: "GOLD", threshold_points: 50_000, multiplier: "1.50" },
    { tier: "PLATINUM", threshold_points: 100_000, multiplier: "2.00" },
  ],
};

/**
 * Whose export it is: the casino that was named; or that of the folder's casino.json, which is set
 * up as a replay does it; or the only one there is; or on an empty database one that is made.
 */
export async function chooseCasino(
  owner: Owner,
  code: string | undefined,
  property: string | undefined,
): Promise<ImportCasino> {
  if (code !== undefined) return existing(owner, code);
  if (property !== undefined) return load(owner, readProperty(property));
  const casinos = await owner.query<ImportCasino>("select code, name from identity.casino order by code");
  const [only, ...others] = casinos;
  if (!only) return load(owner, JSON.stringify(unnamed));
  if (others.length === 0) return only;
  throw new Sentence(`Say with --casino whose export it is: ${casinos.map((casino) => casino.code).join(", ")}.`);
}

/** The casino that a command about an earlier import means. */
export async function existingCasino(owner: Owner, code: string | undefined): Promise<ImportCasino> {
  if (code !== undefined) return existing(owner, code);
  const casinos = await owner.query<ImportCasino>("select code, name from identity.casino order by code");
  const [only, ...others] = casinos;
  if (only && others.length === 0) return only;
  throw new Sentence(
    `Say with --casino which one: ${casinos.map((casino) => casino.code).join(", ") || "there is none"}.`,
  );
}

async function existing(owner: Owner, code: string): Promise<ImportCasino> {
  const [casino] = await owner.query<ImportCasino>("select code, name from identity.casino where code = $1", [code]);
  if (!casino) throw new Sentence(`There is no casino ${code}.`);
  return casino;
}

async function load(owner: Owner, property: string): Promise<ImportCasino> {
  // A statement of its own: the next one sees the casino that it makes.
  const [loaded] = await owner.query<{ id: number }>("select casino_id as id from ops.load_casino($1::jsonb)", [
    property,
  ]);
  const [casino] = await owner.query<ImportCasino>("select code, name from identity.casino where casino_id = $1", [
    loaded?.id,
  ]);
  if (!casino) throw new Error("ops.load_casino gave no casino.");
  return casino;
}
