import { expect, test } from "vitest";
import { openDesk } from "./support/client.ts";
import { newPlayer } from "./support/players.ts";

const desk = openDesk();

test("a time is shown without its year while that runs at the property, whatever the device's clock says", async () => {
  const player = await newPlayer(await desk.house.as("pit_boss"));
  await desk.house.sql("update floor.player set enrolled_at = '2026-03-08T20:00:00Z' where player_id = $1", [
    player.playerId,
  ]);
  const page = await desk.sitDown("pit_boss");
  await page.clock.setSystemTime("2031-06-01T12:00:00Z");
  let serverSays = "";
  await page.route("**/graphql", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), date: serverSays } });
  });
  const shown = async (date: string) => {
    serverSays = new Date(date).toUTCString();
    await page.goto(`/players/${player.playerId}`);
    await page.getByRole("heading", { name: player.name }).waitFor();
    return page.getByText(/Mar 8/).first().innerText();
  };
  expect(await shown("2027-01-01T03:00:00Z"), "the last evening of 2026 in Los Angeles").not.toContain("2026");
  expect(await shown("2027-01-01T13:00:00Z"), "the first morning of 2027").toContain("2026");
  // What is asked for while the page closes has nobody to answer to.
  await page.unrouteAll({ behavior: "ignoreErrors" });
});
