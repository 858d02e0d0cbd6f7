import type { IdentifiedPersonFragment, SaveIdentificationMutationVariables } from "../../generated/graphql.ts";

// What the identification form holds: texts as they are typed, and what was known before.

export const textFields = [
  "lastName",
  "firstName",
  "middleName",
  "suffix",
  "gender",
  "birthDate",
  "occupation",
  "street",
  "city",
  "state",
  "postalCode",
  "country",
  "taxpayerKind",
  "taxpayerNumber",
  "idType",
  "idTypeOther",
  "idNumber",
  "idState",
  "idCountry",
] as const;
export type TextField = (typeof textFields)[number];

export type Sheet = Record<TextField, string> & { taxpayerUnknown: boolean };

export function toSheet(known: IdentifiedPersonFragment): Sheet {
  const texts = Object.fromEntries(textFields.map((field) => [field, known[field] ?? ""])) as Record<TextField, string>;
  return {
    ...texts,
    taxpayerNumber: isMasked(known) ? "" : texts.taxpayerNumber,
    taxpayerUnknown: known.taxpayerUnknown ?? false,
  };
}

/** Whoever doesn't file reports is shown the end of the taxpayer number only. */
export function isMasked(known: IdentifiedPersonFragment): boolean {
  return known.taxpayerNumber?.includes("*") ?? false;
}

type Changes = Omit<SaveIdentificationMutationVariables, "patronId" | "idempotencyKey">;

/** Only what was changed: what isn't sent stays as it is known, an empty text takes it away. */
export function changesOf(sheet: Sheet, known: Sheet): Changes {
  const changed = textFields.filter((field) => sheet[field] !== known[field]);
  const changes: Changes = Object.fromEntries(
    changed.map((field) => [field, field === "birthDate" && sheet[field] === "" ? null : sheet[field]]),
  );
  if (sheet.taxpayerUnknown !== known.taxpayerUnknown) changes.taxpayerUnknown = sheet.taxpayerUnknown;
  return changes;
}

/** The fields that an answer names, as the form names them: "last_name" → "lastName". */
export function fieldsIn(names: unknown): Set<string> {
  if (!Array.isArray(names)) return new Set();
  return new Set(
    names.map((name) => String(name).replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())),
  );
}
