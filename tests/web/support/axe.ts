import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { expect } from "vitest";

/** No violation of WCAG 2.1 A and AA, nor of what axe calls best practice but for the rules left out. */
export async function check(page: Page, where: string, leftOut: string[] = []): Promise<void> {
  // Between two screens there is neither; axe looks at screens.
  await page.locator("h1").first().waitFor({ state: "attached" });
  const { violations } = await new AxeBuilder({ page }).disableRules(leftOut).analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`);
  expect(found, where).toEqual([]);
}
