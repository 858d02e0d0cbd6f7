import { useMe } from "../../api/session.tsx";
import {
  type CtrCaseSummaryFilter,
  usePaletteCasesQuery,
  usePaletteTablesQuery,
  usePlayerSearchQuery,
} from "../../generated/graphql.ts";
import { isDay } from "../../lib/days.ts";
import { useDebounced } from "../../lib/debounced.ts";
import { formatDay } from "../../lib/format.ts";
import { isPresent } from "../../lib/present.ts";
import { isUuid } from "../../lib/uuid.ts";
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

/** What there is now: others enroll players and open cases while this client is open. */
const requestPolicy = "cache-and-network";

/** A case is found by whose it is, by its gaming day and by its own id. */
function caseFilter(text: string): CtrCaseSummaryFilter {
  return {
    or: [
      { name: { includesInsensitive: text } },
      { cardNo: { includesInsensitive: text } },
      ...(isDay(text) ? [{ gamingDay: { equalTo: text } }] : []),
      ...(isUuid(text) ? [{ caseId: { equalTo: text } }] : []),
    ],
  };
}

/** What some letters lead to, as far as the person may go there. */
export function useFound(text: string): { found: readonly Found[]; settled: boolean } {
  const me = useMe();
  const destinations = useDestinations();
  const typed = text.trim();
  const asked = useDebounced(typed);
  const [{ data: tables }] = usePaletteTablesQuery({ requestPolicy });
  const [cases] = usePaletteCasesQuery({
    variables: { filter: caseFilter(asked) },
    pause: asked === "" || !me.can("mtl:review"),
    requestPolicy,
  });
  const [players] = usePlayerSearchQuery({ variables: { search: asked }, pause: asked === "", requestPolicy });
  const awaited = [cases, players].some(({ fetching, stale }) => fetching || stale);
  const fits = (...texts: (string | null | undefined)[]) =>
    texts.some((each) => each?.toLowerCase().includes(typed.toLowerCase()));

  const places = destinations
    .map(({ to, name }) => ({ to, name: t(`places.${name}`), about: t("palette.place") }))
    .filter(({ name }) => fits(name));
  if (typed === "") return { found: places, settled: true };
  return {
    settled: asked === typed && !awaited,
    found: [
      ...(players.data?.findPlayers?.nodes.filter(isPresent) ?? []).slice(0, 8).map((player) => ({
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
      ...(cases.data?.ctrCaseSummaries?.nodes.filter(isPresent) ?? []).map(({ caseId, name, gamingDay, state }) => ({
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
