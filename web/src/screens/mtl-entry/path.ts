/** The entry form with a player in it and, when they are seated, their table. */
export function cashEntryPath(playerId: string, tableId?: string): string {
  const preset = new URLSearchParams({ player: playerId, ...(tableId !== undefined && { table: tableId }) });
  return `/cash/new?${preset}`;
}
