/**
 * What the web client may cost at most, on the production build in a real Chromium.
 * `npm run bench:web -- --check` fails beyond any of it.
 */
export const budgets = {
  /** JavaScript that came over the wire, headers included, until the screen showed its data. */
  script: { most: 200_000, unit: "bytes" },
  /** Largest contentful paint of a cold load, with the processor slowed down four times. */
  paint: { most: 1_500, unit: "ms" },
  /** All layout shifts of a cold load and of what follows, added up. */
  shift: { most: 0.02, unit: "" },
  /** The longest task of the page while the board changes ten times a second with 200 slips. */
  task: { most: 200, unit: "ms" },
  /** From the click to the confirmed balance on the screen, 95th percentile. */
  confirmed: { most: 300, unit: "ms" },
} as const;

/** How many times slower the processor is while a screen's paint is measured. */
export const slowdown = 4;

/** The floor on which all of it is measured. */
export const floor = { tables: 30, seats: 7, slips: 200, changesPerSecond: 10 } as const;
