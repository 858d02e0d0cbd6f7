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

/** A taxpayer number that isn't shown is no text of the form: left empty it stays as it is known. */
export function toSheet(known: IdentifiedPersonFragment, numberShown: boolean): Sheet {
  const texts = Object.fromEntries(textFields.map((field) => [field, known[field] ?? ""])) as Record<TextField, string>;
  return {
    ...texts,
    taxpayerNumber: numberShown ? texts.taxpayerNumber : "",
    taxpayerUnknown: known.taxpayerUnknown ?? false,
  };
}

export interface Typed {
  /** What was known when it was begun. */
  before: Sheet;
  sheet: Sheet;
}

/** The same without a taxpayer number that nobody has changed: whoever comes back to it isn't shown it. */
export function withoutKnownNumber({ before, sheet }: Typed): Typed {
  if (sheet.taxpayerNumber !== before.taxpayerNumber) return { before, sheet };
  return { before: { ...before, taxpayerNumber: "" }, sheet: { ...sheet, taxpayerNumber: "" } };
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
