import { spawn } from "node:child_process";
import { readFileSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { projectRoot } from "../../bin/lib/home.ts";

/** Where a guide's commands are run, and what stands in the place of its examples. */
export interface Setting {
  /** The folder in which the reader sits; becomes a desk with the checkout's files. */
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
  /** What `<name>` of a command, and `:'name'` of a query, stands for. */
  readonly values?: Record<string, string>;
  /** Other texts of the guide, such as an address, and what is meant here. */
  readonly meaning?: Record<string, string>;
  /** Runs a query over the owner's connection. */
  readonly sql?: (text: string) => Promise<unknown[]>;
  /** Sends an operation as a person of this role. */
  readonly ask?: (role: string, operation: string) => Promise<unknown>;
}

interface Block {
  readonly language: string;
  /** What stands behind the language: the role of who asks, or `exit=1`. */
  readonly note: string;
  readonly text: string;
}

export interface Outcome {
  readonly output: string;
  readonly rows: unknown[];
  readonly answer: unknown;
}

/** A command that goes on until Ctrl-C. */
export interface Running {
  readonly output: string;
  readonly pid: number;
  stop(signal?: NodeJS.Signals): Promise<void>;
}

const languages = ["sh", "sql", "graphql"];

/** Makes a folder look like the checkout, so that what commands write lands there. */
export function makeDesk(folder: string): void {
  for (const name of ["package.json", "bin", "node_modules", "tests", "docs"]) {
    symlinkSync(join(projectRoot, name), join(folder, name));
  }
}

/** A guide of docs/how-to whose commands are run as they are printed. */
export class Guide {
  readonly #blocks: Block[];
  readonly #done = new Set<Block>();
  readonly #name: string;
  readonly #setting: Setting;
  readonly values: Record<string, string>;
  environment: NodeJS.ProcessEnv;
  folder: string;

  constructor(name: string, setting: Setting) {
    this.#name = name;
    this.#setting = setting;
    this.values = { ...setting.values };
    this.environment = setting.environment;
    this.folder = setting.folder;
    this.#blocks = blocksOf(name);
  }

  /** Runs the first command that begins so and wasn't run yet, or, when all were, the first again. */
  async run(beginning: string): Promise<Outcome> {
    const block = this.#next(beginning);
    const text = this.#inPlace(block);
    const nothing = { output: "", rows: [], answer: undefined };
    if (block.language === "sql") return { ...nothing, rows: (await this.#setting.sql?.(text)) ?? [] };
    if (block.language === "graphql") return { ...nothing, answer: await this.#setting.ask?.(block.note, text) };
    return { ...nothing, output: await this.#shell(block, text) };
  }

  /** The same for a command that goes on until Ctrl-C, once it has said this. */
  async begin(beginning: string, says: RegExp): Promise<Running> {
    const child = this.#spawn(this.#inPlace(this.#next(beginning)), true);
    let isOver = false;
    const over = new Promise<void>((resolve) => child.once("close", () => resolve())).then(() => {
      isOver = true;
    });
    const output = heardFrom(child);
    while (!isOver && !says.test(output.text)) await Promise.race([over, sleep(25)]);
    if (isOver) throw new Error(`${beginning} ended instead of saying ${says}:\n${output.text}`);
    return {
      output: output.text,
      pid: child.pid ?? 0,
      async stop(signal = "SIGINT") {
        // A terminal's Ctrl-C reaches the shell, npm and the command alike.
        process.kill(-(child.pid ?? 0), signal);
        await over;
      },
    };
  }

  /** The beginnings of commands that no test has run. */
  get left(): string[] {
    return this.#blocks.filter((block) => !this.#done.has(block)).map(({ text }) => text.split("\n")[0] ?? "");
  }

  #inPlace({ language, text }: Block): string {
    let meant = text;
    for (const [said, here] of Object.entries(this.#setting.meaning ?? {})) meant = meant.replaceAll(said, here);
    const value = (name: string): string => {
      const found = this.values[name];
      if (found === undefined) throw new Error(`${this.#name} has ${name}, which stands for nothing here.`);
      return found;
    };
    if (language === "sql") return meant.replaceAll(/:'(\w+)'/g, (_, name: string) => pg.escapeLiteral(value(name)));
    return meant.replaceAll(/<([a-z][a-z ]*)>/g, (_, name: string) => value(name));
  }

  #next(beginning: string): Block {
    const found = this.#blocks.filter(({ text }) => text.startsWith(beginning));
    const block = found.find((each) => !this.#done.has(each)) ?? found[0];
    if (!block) throw new Error(`${this.#name} has no command that begins with ${beginning}`);
    this.#done.add(block);
    return block;
  }

  async #shell({ note }: Block, text: string): Promise<string> {
    const child = this.#spawn(text);
    const output = heardFrom(child);
    const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
    const expected = Number(/exit=(\d+)/.exec(note)?.[1] ?? 0);
    if (code !== expected) throw new Error(`${text}\nended with ${code} instead of ${expected}:\n${output.text}`);
    return output.text;
  }

  #spawn(text: string, detached = false) {
    const path = `${dirname(process.execPath)}:${process.env.PATH}`;
    return spawn("sh", ["-e", "-c", text], {
      cwd: this.folder,
      env: { ...bare(), PATH: path, ...this.environment },
      stdio: ["ignore", "pipe", "pipe"],
      detached,
    });
  }
}

/** What a command says, as it says it. */
function heardFrom({ stdout, stderr }: ReturnType<typeof spawn>) {
  const heard = { text: "" };
  for (const stream of [stdout, stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      heard.text += chunk.toString();
    });
  }
  return heard;
}

/** The shell's own settings must not lead a command to somebody's database. */
function bare(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|PITLEDGER_|INIT_CWD$|NODE_OPTIONS$|PORT$|VITEST)|DATABASE_URL$/.test(name),
  );
  return Object.fromEntries(kept);
}

function blocksOf(name: string): Block[] {
  const guide = readFileSync(join(projectRoot, "docs/how-to", name), "utf8");
  // A block of a list's item is indented with it.
  return [...guide.matchAll(/^( *)```(\w+) ?(.*)\n([\s\S]*?)^\1```$/gm)]
    .map(([, indent = "", language = "", note = "", text = ""]) => ({
      language,
      note,
      text: text.replaceAll(new RegExp(`^${indent}`, "gm"), "").trim(),
    }))
    .filter(({ language }) => languages.includes(language));
}
