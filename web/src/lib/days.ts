import { parseDate } from "@internationalized/date";

/** Another day of the calendar: "2026-03-01" and -1 → "2026-02-28". */
export function addDays(day: string, days: number): string {
  return parseDate(day).add({ days }).toString();
}

/** Whether a text from an address is a day of the calendar. */
export function isDay(text: string | null | undefined): text is string {
  if (!text || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  try {
    parseDate(text);
    return true;
  } catch {
    return false;
  }
}
