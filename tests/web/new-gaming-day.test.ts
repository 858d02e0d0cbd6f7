import { expect, test } from "vitest";
import { openDesk } from "./support/client.ts";

const desk = openDesk();

/** The hour at which the gaming day begins, as an expression over the casino's clock. */
async function gamingDayBegins(at: string): Promise<string> {
  const [row] = await desk.house.sql<{ day: string }>(
    `update identity.casino set gaming_day_start = ${at}, session_idle_timeout = '125 seconds' where code = 'ONE'
    returning identity._gaming_day(timezone, gaming_day_start, now())::text as day`,
  );
  return row?.day ?? "";
}

test("a day that is looked at can be signed off as soon as the next one has begun", async () => {
  const running = await gamingDayBegins(
    "least((now() at time zone timezone)::time::interval + interval '1 hour', interval '23:59:59')",
  );
  const page = await desk.sitDown("compliance_officer");
  await page.goto(`/compliance?day=${running}`);
  const signOff = page.getByRole("region", { name: "Sign-off" });
  await signOff.getByText("The gaming day isn't over yet").waitFor();
  expect(await gamingDayBegins("'00:00'"), "another day").not.toBe(running);
  // No event of the house tells it: who stays signed in is told who they are, and on which day.
  await page.getByRole("dialog", { name: "Are you still there?" }).waitFor();
  expect(await signOff.getByText("The gaming day isn't over yet").count()).toBe(1);
  await page.keyboard.press("Enter");
  await signOff.getByText("Nothing blocks it").waitFor();
  await signOff.getByRole("button", { name: "Sign off" }).waitFor();
});
