import { checkWords } from "./lib/words/check.ts";

/** `npm run lint:words`: every text of the client is in the catalogue, in each language. */
export async function main(): Promise<number> {
  const { files, messages, findings } = checkWords();
  for (const { file, line, message } of findings) console.error(`${file}:${line}: ${message}`);
  console.log(`${files} sources, ${messages} messages, ${findings.length} findings`);
  return findings.length === 0 ? 0 : 1;
}
