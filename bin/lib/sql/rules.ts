import { basename, dirname } from "node:path";
import { codeOf } from "./code.ts";

/** A place in a file that breaks a rule of the house. */
export interface Finding {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

type Report = (line: number, message: string) => void;

const maxColumns = 100;
const minHeaderLines = 2;
const maxHeaderLines = 6;

/** The rules for every SQL file: how it is typed. */
export function checkText(file: string, sql: string): Finding[] {
  return collect(file, (report) => {
    for (const [at, line] of sql.split("\n").entries()) {
      if (line.includes("\t")) report(at + 1, "has a tab");
      if (/\s$/.test(line)) report(at + 1, "ends with a space");
      if (line.length > maxColumns) report(at + 1, `has ${line.length} columns, more than ${maxColumns}`);
    }
    for (const [at, line] of codeOf(sql).split("\n").entries()) {
      // format()'s %L and %I may stand in a dollar-quoted string.
      const shouted = /[A-Z]\w*/.exec(line.replace(/%[LI]/g, ""))?.[0];
      if (shouted) report(at + 1, `"${shouted}" is not in lower case`);
    }
    if (!sql.endsWith("\n") || sql.endsWith("\n\n")) report(sql.split("\n").length, "must end with one line break");
  });
}

/** The rules for a file of db/: one object, named after the file, explained, and locked down. */
export function checkSource(file: string, sql: string): Finding[] {
  return collect(file, (report) => {
    checkHeader(sql, report);
    const context = basename(dirname(file));
    const name = `${context}.${basename(file, ".sql")}`;
    const code = codeOf(sql);
    const objects = [
      ...code.matchAll(
        /^create (?:or replace )?(?:unlogged )?(table|view|function|procedure|type|domain) (\S+?)[\s(]/gm,
      ),
    ];
    if (objects.length > 0 && !objects.some(([, , created]) => created === name)) {
      report(1, `creates ${objects.map(([, , created]) => created).join(", ")}, not ${name}`);
    }
    for (const { 1: kind, 2: created, index } of objects) {
      if (created !== name) report(lineAt(code, index), `creates ${created}, which belongs in a file of its own`);
      if (kind === "function" || kind === "procedure") checkFunction(sql, code, index, created ?? "", report);
    }
  });
}

function checkHeader(sql: string, report: Report): void {
  const header = /^(?:--[^\n]*\n)*/.exec(sql)?.[0].split("\n").length ?? 1;
  const lines = header - 1;
  if (lines < minHeaderLines) report(1, `doesn't begin with ${minHeaderLines} lines that say why it exists`);
  if (lines > maxHeaderLines) report(1, `begins with a comment of ${lines} lines, more than ${maxHeaderLines}`);
}

function checkFunction(sql: string, code: string, start: number, name: string, report: Report): void {
  const line = lineAt(code, start);
  const body = code.slice(start).search(/^(?:as|begin atomic|return)\b/m);
  const head = body === -1 ? code.slice(start) : code.slice(start, start + body);
  const isBound = /^(?:begin atomic|return)\b/.test(code.slice(start + body));
  if (!/\b(?:immutable|stable|volatile)\b/.test(head)) report(line, `${name} doesn't state its volatility`);
  if (/\bsecurity definer\b/.test(head) || !isBound) {
    if (!/\bset search_path\b/.test(head)) report(line, `${name} has no fixed search_path`);
  }
  if (!sql.includes(`comment on function ${name}(`) && !sql.includes(`comment on procedure ${name}(`)) {
    report(line, `${name} has no comment on function`);
  }
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split("\n").length;
}

function collect(file: string, check: (report: Report) => void): Finding[] {
  const findings: Finding[] = [];
  check((line, message) => findings.push({ file, line, message }));
  return findings;
}
