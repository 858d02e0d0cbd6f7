import { expect, test } from "vitest";
import { ticksBetween } from "../../web/src/screens/player/time-ticks.ts";

const minute = 60_000;

function clocks(from: string, minutes: number, timezone: string): string[] {
  const began = Date.parse(from);
  const clock = new Intl.DateTimeFormat("en-GB", { timeZone: timezone, hour: "2-digit", minute: "2-digit" });
  return ticksBetween(began, began + minutes * minute, timezone).map((at) => clock.format(at));
}

test.each([
  ["America/Los_Angeles", ["21:00", "22:00", "23:00", "00:00", "01:00"]],
  ["Asia/Kolkata", ["10:00", "11:00", "12:00", "13:00", "14:00"]],
  ["Asia/Kathmandu", ["10:00", "11:00", "12:00", "13:00", "14:00", "15:00"]],
])("the marks of an evening's play are full hours in %s", (timezone, marks) => {
  expect(clocks("2026-01-09T04:10:00Z", 310, timezone)).toEqual(marks);
});

test("they stay full hours where the clocks are turned by half an hour meanwhile", () => {
  const back = clocks("2026-04-04T12:10:00Z", 400, "Australia/Lord_Howe");
  expect(back).toEqual(["00:00", "01:00", "02:00", "03:00", "04:00", "05:00"]);
  const on = clocks("2026-10-03T12:10:00Z", 400, "Australia/Lord_Howe");
  expect(on).toEqual(["23:00", "00:00", "01:00", "03:00", "04:00", "05:00"]);
});

test("the marks of a short play are full minutes", () => {
  expect(clocks("2026-01-09T04:12:00Z", 20, "Asia/Kathmandu")).toEqual(["10:00", "10:05", "10:10", "10:15"]);
});
