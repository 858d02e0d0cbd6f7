import { buildWeb } from "../../../bin/lib/web.ts";

/** The client as it is served, built once before the first test file. */
export default async function setUp(): Promise<void> {
  await buildWeb();
}
