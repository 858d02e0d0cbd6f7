import { readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { join } from "node:path";
import { expect, test } from "vitest";
import { webRoot } from "../../bin/lib/web.ts";

const page = readFileSync(join(webRoot, "index.html"), "utf8");

test.each([
  ["react", "createRoot", "react-dom"],
  ["first", "current-password", "sign-in.tsx"],
])("%s is prepared for being called, and leads back to its sources", (name, text, source) => {
  const file = new RegExp(`/(assets/${name}-[\\w-]+\\.js)`).exec(page)?.[1] ?? "";
  const lines = readFileSync(join(webRoot, file), "utf8").split("\n");
  expect(lines[0]).toBe("//# allFunctionsCalledOnLoad");
  const line = lines.findIndex((each) => each.includes(text));
  const map = new SourceMap(JSON.parse(readFileSync(join(webRoot, `${file}.map`), "utf8")));
  expect(map.findEntry(line, lines[line]?.indexOf(text) ?? -1)).toMatchObject({
    originalSource: expect.stringContaining(source),
  });
});
