import { formatDate, formatDateTime, formatDuration, formatExact, formatExactMoney, humanize } from "../lib/format.ts";
import type { Forms } from "./sentences.ts";
import { ifDay, ifFigure, ifMoment } from "./shapes.ts";
import stepForms from "./step-forms.json";

const bare = (figure: string) => figure.replaceAll(",", "");

/** How a sentence of the database is read on a screen. Its times are those of the casino already. */
export const forms: Forms = {
  figure: ifFigure((figure) => formatExact(bare(figure))),
  money: ifFigure((figure) => formatExactMoney(bare(figure))),
  duration: ifFigure((seconds) => formatDuration(Number(bare(seconds)))),
  tier: humanize,
  day: ifDay(formatDate),
  moment: ifMoment((written) => formatDateTime(`${written.replace(" ", "T")}:00Z`, "UTC")),
};

/** The steps of an explanation whose figure isn't a bare number, as the database names them. */
const ofSteps: Readonly<Record<string, string>> = stepForms;

export function figureOf(step: string, figure: string): string {
  return (forms[ofSteps[step] ?? ""] ?? formatExact)(figure);
}
