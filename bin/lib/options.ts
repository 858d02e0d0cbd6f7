import { type ParseArgsConfig, parseArgs } from "node:util";
import { messageOf, Sentence } from "./sentence.ts";

type Options = NonNullable<ParseArgsConfig["options"]>;

const help = { help: { type: "boolean", short: "h", default: false } } as const;

/** A command's options, --help among them, and what is named without one. What is wrong is said with the usage. */
export function readOptions<const Own extends Options>(args: string[], usage: string, own: Own) {
  try {
    return parseArgs({ args, allowPositionals: true, options: { ...own, ...help } });
  } catch (thrown) {
    throw new Sentence(`${messageOf(thrown)}\n\n${usage}`);
  }
}
