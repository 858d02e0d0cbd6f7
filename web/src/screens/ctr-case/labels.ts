import { humanize } from "../../lib/format.ts";
import type { TextField } from "./sheet.ts";

/** What the fields of an identification are called on the screen. */
export const labels: Record<TextField, string> = {
  lastName: "Last name",
  firstName: "First name",
  middleName: "Middle name",
  suffix: "Suffix",
  gender: "Gender",
  birthDate: "Date of birth",
  occupation: "Occupation",
  street: "Street",
  city: "City",
  state: "State",
  postalCode: "ZIP or postal code",
  country: "Country",
  taxpayerKind: "Kind of taxpayer number",
  taxpayerNumber: "Taxpayer number",
  idType: "Document",
  idTypeOther: "Which document",
  idNumber: "Document number",
  idState: "Issued by state",
  idCountry: "Issued by country",
};

/** "lastName" → "Last name"; whatever isn't a field of the form is told as it is. */
export function labelOf(field: string): string {
  if (field === "preparation") return "Not prepared yet";
  if (field in labels) return labels[field as TextField];
  return humanize(field.replaceAll(/[A-Z]/g, (letter) => ` ${letter}`));
}
