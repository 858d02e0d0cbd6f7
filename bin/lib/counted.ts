/** "1 seal", "2 seals". */
export function counted(count: string | number, one: string, many: string): string {
  return `${count} ${String(count) === "1" ? one : many}`;
}
