import { humanize } from "../../lib/format.ts";
import { words } from "../../words/words.ts";
import { type TextField, textFields } from "./sheet.ts";

const t = words("ctrCase");

/** What a field of an identification is called on the screen. */
export function labelOfField(field: TextField): string {
  return t(`fields.${field}`);
}

/** "lastName" → "Last name"; whatever isn't a field of the form is told as it is. */
export function labelOf(field: string): string {
  if (field === "preparation") return t("fields.preparation");
  const known = textFields.find((each) => each === field);
  return known ? labelOfField(known) : humanize(field.replaceAll(/[A-Z]/g, (letter) => ` ${letter}`));
}
