const opaque = /--[^\n]*|\/\*[\s\S]*?\*\/|\be'(?:[^'\\]|\\[\s\S]|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|\$\w*\$/gi;

/**
 * The code of an SQL text: comments, strings and quoted identifiers become spaces, so that every
 * position and line stays what it is. Function bodies between dollar quotes are code and stay.
 */
export function codeOf(sql: string): string {
  return sql.replace(opaque, (text) => text.replace(/[^\n]/g, " "));
}
