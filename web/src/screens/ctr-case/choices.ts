import { words } from "../../words/words.ts";

const t = words("ctrCase");

export interface Choice {
  id: string;
  label: string;
}

export const NOT_GIVEN = "none";
export const genders = (): Choice[] => [
  { id: NOT_GIVEN, label: t("choice.notGiven") },
  { id: "female", label: t("choice.female") },
  { id: "male", label: t("choice.male") },
];
export const taxpayerKinds = (): Choice[] => [
  { id: "ssn", label: t("choice.ssn") },
  { id: "ein", label: t("choice.ein") },
  { id: "foreign", label: t("choice.foreign") },
];
export const idTypes = (): Choice[] => [
  { id: NOT_GIVEN, label: t("choice.notGiven") },
  { id: "drivers_license", label: t("choice.license") },
  { id: "passport", label: t("choice.passport") },
  { id: "alien_registration", label: t("choice.alien") },
  { id: "other", label: t("choice.other") },
];
