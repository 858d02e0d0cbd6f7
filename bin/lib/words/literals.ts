import ts from "typescript";
import type { Finding } from "../sql/rules.ts";
import { visit } from "./usage.ts";

/** Attributes that people read or hear. */
const read = new Set(
  ["alt", "aria-description", "aria-label", "aria-valuetext", "aside", "description", "error", "hint", "label"].concat([
    "legend",
    "none",
    "placeholder",
    "subtitle",
    "summary",
    "tabTitle",
    "title",
    "valueLabel",
    "what",
  ]),
);

/** Calls whose texts nobody reads on a screen. */
const unread = /^(term|words|cx|useId|t|\w+\.(rich|has|setAttribute|getItem|querySelector|querySelectorAll|closest))$/;

/** The same in every language: names, keys of the keyboard, and a type of the API. */
const names = new Set(["PitLedger", "FinCEN", "English", "Español", "Alt", "Alt+", "Control+", "Meta+", "Query"]);

/** Texts in the source that belong into the catalogue. */
export function literalsIn(file: string, source: ts.SourceFile): Finding[] {
  const findings: Finding[] = [];
  visit(source, (node) => {
    const texts = textsOf(node);
    const strict = texts.length > 0 && isRead(node);
    const written = texts.find((text) => (strict ? hasLetters(text) : looksWritten(text)));
    if (written === undefined || (!strict && isUnread(node))) return;
    const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    findings.push({ file, line, message: `"${written.trim()}" belongs into web/src/words` });
  });
  return findings;
}

function textsOf(node: ts.Node): string[] {
  if (ts.isJsxText(node) || ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isTemplateExpression(node)) return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)];
  return [];
}

function hasLetters(text: string): boolean {
  return /\p{L}/u.test(text) && !names.has(text.trim());
}

/** Capitalized like a label, or several words: unlike a key, a code or a class. */
function looksWritten(text: string): boolean {
  return (/^\s*\p{Lu}\p{Ll}/u.test(text) || /\p{L}[,;:.]? \p{L}/u.test(text)) && !names.has(text.trim());
}

/** Whether the node ends up on the screen as it is: JSX text, a child, an attribute that is read. */
function isRead(node: ts.Node): boolean {
  if (ts.isJsxText(node)) return true;
  let value: ts.Node = node;
  while (isPassedOn(value)) value = value.parent;
  const holder = ts.isJsxExpression(value.parent) ? value.parent.parent : value.parent;
  if (ts.isJsxAttribute(holder)) return read.has(holder.name.getText());
  return ts.isJsxExpression(value.parent) && (ts.isJsxElement(holder) || ts.isJsxFragment(holder));
}

/** A branch of a condition is what the whole condition is. */
function isPassedOn(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isParenthesizedExpression(parent)) return true;
  if (ts.isConditionalExpression(parent)) return parent.condition !== node;
  if (!ts.isBinaryExpression(parent) || parent.right !== node) return false;
  return ["&&", "||", "??"].includes(parent.operatorToken.getText());
}

function isUnread(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent) || ts.isLiteralTypeNode(parent)) return true;
  if (ts.isTemplateLiteralTypeSpan(parent) || ts.isCaseClause(parent) || ts.isElementAccessExpression(parent))
    return true;
  if (ts.isBinaryExpression(parent)) return /^[!=]==$/.test(parent.operatorToken.getText());
  if (ts.isCallExpression(parent)) return unread.test(parent.expression.getText());
  if (ts.isNewExpression(parent)) return true;
  return ts.isJsxAttribute(parent) && /^(className|style|to|href|d|viewBox|gridTemplate)$/.test(parent.name.getText());
}
