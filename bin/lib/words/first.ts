import { dirname, join } from "node:path";
import ts from "typescript";
import type { Finding } from "../sql/rules.ts";
import { visit } from "./usage.ts";

const start = "web/src/main.tsx";
const catalogue = "web/src/words/en/first.ts";

/** Modules that are shown before all words are loaded, and ask for some that come later. */
export function checkFirst(sources: ReadonlyMap<string, ts.SourceFile>): Finding[] {
  const first = namespacesOf(sources.get(catalogue));
  const findings: Finding[] = [];
  const reached = new Set([start]);
  for (const file of reached) {
    const source = sources.get(file);
    if (!source) continue;
    for (const target of importsOf(source)) reached.add(join(dirname(file), target));
    visit(source, (node) => {
      if (!isCallOf(node, "words")) return;
      const [namespace] = node.arguments;
      if (!namespace || !ts.isStringLiteral(namespace) || first.has(namespace.text)) return;
      const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
      const message = `says "${namespace.text}" before all words are loaded: list it in first.ts of each language`;
      findings.push({ file, line, message });
    });
  }
  return findings;
}

/** What a module brings along, and what the parts are that it shows without waiting for all words. */
function importsOf(source: ts.SourceFile): string[] {
  const found: string[] = [];
  visit(source, (node) => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && !isOnlyTypes(node)) {
      if (node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) found.push(node.moduleSpecifier.text);
    }
    if (!isCallOf(node, "part")) return;
    visit(node, (inner) => {
      if (!ts.isCallExpression(inner) || inner.expression.kind !== ts.SyntaxKind.ImportKeyword) return;
      const [target] = inner.arguments;
      if (target && ts.isStringLiteral(target)) found.push(target.text);
    });
  });
  return found.filter((target) => target.startsWith("."));
}

function isOnlyTypes(node: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  return ts.isImportDeclaration(node) ? (node.importClause?.isTypeOnly ?? false) : node.isTypeOnly;
}

function isCallOf(node: ts.Node, name: string): node is ts.CallExpression {
  return ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === name;
}

function namespacesOf(source: ts.SourceFile | undefined): Set<string> {
  const names = new Set<string>();
  if (source) {
    visit(source, (node) => {
      if (ts.isShorthandPropertyAssignment(node)) names.add(node.name.text);
    });
  }
  return names;
}
