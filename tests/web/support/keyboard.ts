import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";

/** More stops than any screen has between two things that somebody goes to one after the other. */
const FARTHEST = 150;

/** Somebody who has nothing but a keyboard, and has to see where they are. */
export class Typist {
  readonly page: Page;
  readonly #name: string;

  constructor(page: Page, name: string) {
    this.page = page;
    this.#name = name;
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
  }

  /** Goes on, stop by stop, until the focus is there; it can be seen at every stop. */
  async to(target: Locator, key = "Tab"): Promise<void> {
    await target.waitFor();
    for (let stops = 0; stops < FARTHEST; stops++) {
      if (await hasFocus(target)) return;
      await this.page.keyboard.press(key);
      await this.#seesFocus();
    }
    throw new Error(`${this.#name} never gets to ${target} with ${key}.`);
  }

  async pressAt(target: Locator, key = "Enter"): Promise<void> {
    await this.to(target);
    await this.page.keyboard.press(key);
  }

  /** Empties the field that has the focus and fills it anew. */
  async fill(target: Locator, text: string): Promise<void> {
    await this.to(target);
    await this.page.keyboard.press("ControlOrMeta+A");
    await this.page.keyboard.type(text);
  }

  /** By a few letters, with the command palette. */
  async goTo(letters: string, name: string | RegExp = letters): Promise<void> {
    const dialog = this.page.getByRole("dialog", { name: "Go to" });
    await this.page.keyboard.press("ControlOrMeta+K");
    await dialog.getByRole("searchbox").waitFor();
    await this.page.keyboard.type(letters);
    const option = dialog.getByRole("option", { name });
    await option.first().waitFor();
    for (let steps = 0; (await option.first().getAttribute("data-focused")) === null; steps++) {
      if (steps > 20) throw new Error(`${this.#name} never gets to ${name} in the palette.`);
      await this.page.keyboard.press("ArrowDown");
    }
    await this.page.keyboard.press("Enter");
    await dialog.waitFor({ state: "detached" });
  }

  async #seesFocus(): Promise<void> {
    const unseen = await this.page.evaluate(unseenFocus);
    expect(unseen, `${this.#name} sees where the focus is`).toBeNull();
  }
}

function hasFocus(target: Locator): Promise<boolean> {
  return target.first().evaluate((element) => element === document.activeElement);
}

/** What has the focus without showing it; null when it shows, or when nothing has it. */
function unseenFocus(): string | null {
  const focused = document.activeElement;
  if (!focused || focused === document.body || focused === document.documentElement) return null;
  const clear = "rgba(0, 0, 0, 0)";
  // A part of a date is filled; everything else has an outline, or is in a field that has one.
  if (focused.matches("[role=spinbutton]") && getComputedStyle(focused).backgroundColor !== clear) return null;
  for (let each: Element | null = focused, up = 0; each && up < 4; each = each.parentElement, up++) {
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(each);
    if (outlineStyle !== "none" && Number.parseFloat(outlineWidth) > 0 && outlineColor !== clear) return null;
  }
  // A box that is drawn shows it for the input that isn't.
  const drawn = focused.closest("label")?.querySelector("[aria-hidden=true]");
  if (drawn && getComputedStyle(drawn).outlineStyle !== "none") return null;
  return focused.outerHTML.slice(0, 300);
}
