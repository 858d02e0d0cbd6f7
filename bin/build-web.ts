import { buildWeb } from "./lib/web.ts";

/** `npm run build:web`: builds the web client unless it is up to date. */
export async function main(): Promise<void> {
  await buildWeb();
}
