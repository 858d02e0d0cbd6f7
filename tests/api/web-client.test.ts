import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type House, openHouse } from "./support/house.ts";

const webRoot = mkdtempSync(join(tmpdir(), "pitledger-web-"));
mkdirSync(join(webRoot, "assets"));
writeFileSync(join(webRoot, "index.html"), '<meta nonce="__CSP_NONCE__"><title>PitLedger</title>');
writeFileSync(join(webRoot, "assets/app-abc123.js"), `console.log("${"x".repeat(2_000)}");`);
writeFileSync(join(webRoot, "icon.svg"), "<svg xmlns='http://www.w3.org/2000/svg'/>");

let house: House;
beforeAll(async () => {
  house = await openHouse({ webRoot });
});
afterAll(() => house.close());

const get = (path: string, headers: Record<string, string> = {}) => fetch(`${house.url}${path}`, { headers });

describe("the web client", () => {
  test("is served for every screen's address and never cached, with a fresh nonce each time", async () => {
    const nonces = new Set<string>();
    for (const path of ["/", "/index.html", "/players/0197", "/sign-in?next=%2F"]) {
      const response = await get(path);
      expect(response.status).toBe(200);
      expect(response.headers.get("cache-control")).toBe("no-store");
      const nonce = /<meta nonce="([^"]+)">/.exec(await response.text())?.[1] ?? "";
      expect(response.headers.get("content-security-policy")).toContain(`script-src 'self' 'nonce-${nonce}'`);
      nonces.add(nonce);
    }
    expect(nonces.size).toBe(4);
  });

  test("files named by their content are cached for good, compressed where it helps", async () => {
    const response = await get("/assets/app-abc123.js", { "accept-encoding": "br" });
    expect(response.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect(response.headers.get("content-encoding")).toBe("br");
    expect(response.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
    expect(await response.text()).toHaveLength(2_016);
  });

  test("other files are asked for again, and not sent again when they are the same", async () => {
    const response = await get("/icon.svg");
    expect(response.headers.get("cache-control")).toBe("no-cache");
    const again = await get("/icon.svg", { "if-none-match": response.headers.get("etag") ?? "" });
    expect([again.status, await again.text()]).toEqual([304, ""]);
  });

  test("a file that isn't there is not found, and no path leads out of the folder", async () => {
    expect((await get("/assets/gone-1.js")).status).toBe(404);
    const outside = await new Promise<number>((resolve) => {
      const { hostname, port } = new URL(house.url);
      request({ hostname, port, path: "/../../../../etc/passwd.txt" }, (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      }).end();
    });
    expect(outside).toBe(404);
    expect((await get("/%2e%2e/%2e%2e/etc/passwd.txt")).status).toBe(404);
    expect((await fetch(`${house.url}/icon.svg`, { method: "DELETE" })).status).toBe(405);
  });

  test("every answer tells browsers to be careful", async () => {
    for (const path of ["/", "/icon.svg", "/nothing.txt", "/healthz", "/graphql"]) {
      const { headers } = await get(path);
      expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
      expect(headers.get("content-security-policy")).toContain("default-src 'none'");
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("referrer-policy")).toBe("no-referrer");
      expect(headers.get("x-correlation-id")).toBeTruthy();
      expect(headers.get("access-control-allow-origin")).toBeNull();
    }
  });

  test("GraphiQL isn't there unless development is asked for", async () => {
    expect(await (await get("/graphiql")).text()).toContain("<title>PitLedger</title>");
    expect((await get("/ruru-static/ruru.js")).status).toBe(404);
  });
});

test("without a built client the server says so", async () => {
  const url = await house.serve({ webRoot: join(webRoot, "nowhere") });
  const response = await fetch(url);
  expect(response.status).toBe(503);
  expect(await response.text()).toContain("has not been built");
});
