import { join } from "node:path";
import { defineConfig } from "vitest/config";

const root = join(import.meta.dirname, "..");

/** One project for each kind of test; each file gets a database of its own (tests/support). */
function project(name: string, seconds: number, retry: number, ...preparations: string[]) {
  return {
    test: {
      name,
      root,
      include: [`tests/${name}/**/*.test.ts`],
      globalSetup: ["support/global-setup.ts", ...preparations].map((file) => join(import.meta.dirname, file)),
      pool: "forks" as const,
      testTimeout: seconds * 1_000,
      retry,
      hookTimeout: 120_000,
    },
  };
}

export default defineConfig({
  root,
  test: {
    projects: [
      project("api", 30, 0),
      project("fault", 120, 0),
      // A browser on a loaded machine can be late for a moment that a test waits for: what fails twice is broken.
      // The reporter marks what was run again.
      project("web", 120, 1, "web/support/build.ts"),
    ],
    maxWorkers: 2,
  },
});
