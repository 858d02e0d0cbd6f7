import { useMemo } from "react";
import { usePlayerNamesQuery } from "../../generated/graphql.ts";
import { isPresent } from "../../lib/present.ts";

/** The names of the players of a page; undefined until they are known. */
export function usePlayerNames(
  playerIds: readonly (string | null | undefined)[],
): (playerId: string | null | undefined) => string | undefined {
  const asked = [...new Set(playerIds.filter(isPresent))].slice(0, 100).sort().join(" ");
  const [{ data }] = usePlayerNamesQuery({
    variables: { playerIds: asked === "" ? [] : asked.split(" ") },
    pause: asked === "",
  });
  return useMemo(() => {
    const players = data?.players?.nodes.filter(isPresent) ?? [];
    const names = new Map(players.map((each) => [each.playerId, `${each.firstName} ${each.lastName}`]));
    return (playerId) => (playerId ? names.get(playerId) : undefined);
  }, [data]);
}
