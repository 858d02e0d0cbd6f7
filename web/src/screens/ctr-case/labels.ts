import type { CommandStatus } from "../../api/command.ts";
import { humanize } from "../../lib/format.ts";
import { words } from "../../words/words.ts";
import { fieldsIn, type TextField, textFields } from "./sheet.ts";

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

/** "agent 2: lastName" */
const ofAgent = /^agent (\d+): (.*)$/;

/** The fields that an answer names: the person's, then those of whoever carried the money. */
export function labelsOf(names: unknown): string {
  const byAgent = Map.groupBy(fieldsIn(names), (field) => ofAgent.exec(field)?.[1] ?? "");
  return [...byAgent]
    .map(([agent, fields]) => {
      const labels = fields.map((field) => labelOf(field.replace(ofAgent, "$2"))).join(", ");
      return agent === "" ? labels : t("identification.ofAgent", { agent, fields: labels });
    })
    .join("; ");
}

/** A refusal for what an identification lacks, which says it as the form does. */
export function asOnTheForm(status: CommandStatus): CommandStatus {
  const missing = labelsOf(status.problem?.details.missing);
  if (!status.problem || missing === "") return status;
  return { ...status, problem: { ...status.problem, message: t("identification.lacks", { missing }) } };
}
