import { useMe } from "../../api/session.tsx";
import { usePaletteCasesQuery, usePaletteTablesQuery, usePlayerSearchQuery } from "../../generated/graphql.ts";
import { useDebounced } from "../../lib/debounced.ts";
import { formatDay } from "../../lib/format.ts";
import { isPresent } from "../../lib/present.ts";
import { term } from "../../words/term.ts";
import { words } from "../../words/words.ts";
import { useDestinations } from "./destinations.ts";

const t = words("shell");

export interface Found {
  to: string;
  name: string;
  about: string;
}

/** As long as a correlation id is at least, so that no name is taken for one. */
const ID = /^[A-Za-z0-9._:-]{16,64}$/;

/** What some letters lead to, as far as the person may go there. */
export function useFound(text: string): { found: readonly Found[]; settled: boolean } {
  const me = useMe();
  const destinations = useDestinations();
  const typed = text.trim();
  const asked = useDebounced(typed);
  const [{ data: tables }] = usePaletteTablesQuery();
  const [{ data: cases }] = usePaletteCasesQuery({ pause: !me.can("mtl:review") });
  const [{ data: players, fetching }] = usePlayerSearchQuery({ variables: { search: asked }, pause: asked === "" });
  const fits = (...texts: (string | null | undefined)[]) =>
    texts.some((each) => each?.toLowerCase().includes(typed.toLowerCase()));

  const places = destinations
    .map(({ to, name }) => ({ to, name: t(`places.${name}`), about: t("palette.place") }))
    .filter(({ name }) => fits(name));
  if (typed === "") return { found: places, settled: true };
  return {
    settled: asked === typed && !fetching,
    found: [
      ...(players?.findPlayers?.nodes.filter(isPresent) ?? []).slice(0, 8).map((player) => ({
        to: `/players/${player.playerId}`,
        name: `${player.firstName} ${player.lastName}`,
        about: `${t("palette.player")} ${player.cardNo}`,
      })),
      ...places,
      ...(tables?.gamingTables?.nodes.filter(isPresent) ?? [])
        .filter(({ label }) => fits(label))
        .slice(0, 8)
        .map(({ label, pit }) => ({
          to: `/board?${new URLSearchParams({ pit, table: label })}`,
          name: label,
          about: `${t("palette.table")} · ${pit}`,
        })),
      ...(cases?.ctrCaseSummaries?.nodes.filter(isPresent) ?? [])
        .filter(({ name, cardNo }) => fits(name, cardNo))
        .slice(0, 8)
        .map(({ caseId, name, gamingDay, state }) => ({
          to: `/compliance/cases/${caseId}`,
          name: `${name ?? t("palette.unknown")}, ${gamingDay ? formatDay(gamingDay) : ""}`,
          about: `${t("palette.case")} · ${state ? term("caseState", state) : ""}`,
        })),
      ...(me.can("audit:view") && ID.test(typed)
        ? [
            {
              to: `/operations?${new URLSearchParams({ view: "audit", request: typed })}`,
              name: typed,
              about: t("palette.request"),
            },
          ]
        : []),
    ],
  };
}
