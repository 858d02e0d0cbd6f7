import { ListChecks } from "lucide-react";
import { type ReactNode, useMemo, useState } from "react";
import { useNavigate, useSearchParams } from "react-router";
import { type Me, useMe } from "../../api/session.tsx";
import { Empty } from "../../components/empty.tsx";
import { Notice, QueryProblem } from "../../components/notice.tsx";
import { Page } from "../../components/page.tsx";
import { Loading, Skeleton } from "../../components/skeleton.tsx";
import { useCashDeskQuery, useCashPlayerQuery } from "../../generated/graphql.ts";
import { isPresent } from "../../lib/present.ts";
import { isUuid } from "../../lib/uuid.ts";
import { term } from "../../words/term.ts";
import { words } from "../../words/words.ts";
import { type Draft, enrolled, type Person, rememberedPlace } from "./draft.ts";
import { EntryForm } from "./entry-form.tsx";
import { GamingDay } from "./gaming-day.tsx";
import { LastEntry } from "./last-entry.tsx";
import styles from "./mtl-entry.module.css";
import type { Recorded } from "./recorded.ts";
import { RecordedHere } from "./recorded-here.tsx";

const t = words("mtlEntry");

export function MtlEntry() {
  const me = useMe();
  return (
    <Page title={t("title")} aside={<GamingDay />}>
      {me.can("mtl:create") ? (
        <Desk />
      ) : (
        <Empty icon={<ListChecks size={22} />} title={t("notYours")}>
          {t("whoCan")}
        </Empty>
      )}
    </Page>
  );
}

function Desk() {
  const me = useMe();
  const navigate = useNavigate();
  const [address] = useSearchParams();
  const playerId = address.get("player");
  const [{ data, error, fetching }, refetch] = useCashDeskQuery({ requestPolicy: "cache-and-network" });
  const preset = usePreset(playerId);
  const [recorded, setRecorded] = useState<Recorded[]>([]);
  const kinds = useMemo(
    () => (data?.mtlKinds?.nodes ?? []).filter(isPresent).sort((a, b) => a.sortNo - b.sortNo),
    [data],
  );
  const areas = (data?.mtlAreas?.nodes ?? []).filter(isPresent).sort((a, b) => a.sortNo - b.sortNo);
  const tenders = (data?.mtlTenders?.nodes ?? []).filter(isPresent).sort((a, b) => a.sortNo - b.sortNo);
  const tables = (data?.gamingTables?.nodes ?? []).filter(isPresent).filter((table) => table.active);
  const last = recorded[0];
  const amend = (what: Recorded, change: Partial<Recorded>) =>
    setRecorded((before) =>
      before.map((each) => (each.result.mtlEntry === what.result.mtlEntry ? { ...each, ...change } : each)),
    );

  if (error && !data) return <QueryProblem error={error} onRetry={() => refetch({ requestPolicy: "network-only" })} />;
  if ((fetching && !data) || preset.fetching) {
    return (
      <Loading what={t("loading")}>
        <Skeleton height="32rem" />
      </Loading>
    );
  }
  return (
    <div className={styles.columns}>
      {last && (
        <div className={styles.last}>
          <LastEntry
            key={last.result.mtlEntry?.entryId ?? recorded.length}
            recorded={last}
            onIdentified={(identified) => amend(last, { identified })}
          />
        </div>
      )}
      <div className={styles.form}>
        {preset.problem}
        <EntryForm
          key={playerId ?? ""}
          kinds={kinds}
          areas={areas.map(({ area }) => ({ id: area, label: term("area", area) }))}
          tenders={tenders.map(({ tender }) => ({ id: tender, label: term("tender", tender) }))}
          tables={tables}
          initial={initialDraft(me, preset.person, address.get("table"), tables)}
          onRecorded={(entry) => {
            setRecorded((before) => [entry, ...before].slice(0, 12));
            if (playerId) void navigate("/cash/new", { replace: true });
          }}
        />
      </div>
      <div className={styles.here}>
        <RecordedHere recorded={recorded} onCorrected={(corrected, correctedTo) => amend(corrected, { correctedTo })} />
      </div>
    </div>
  );
}

interface Preset {
  person: Person | undefined;
  fetching: boolean;
  problem: ReactNode;
}

/** The player that the address names: one comes here from a player's page, or from a slip. */
function usePreset(playerId: string | null): Preset {
  const valid = playerId !== null && isUuid(playerId);
  const [{ data, error, fetching }, refetch] = useCashPlayerQuery({
    variables: { playerId: playerId ?? "" },
    pause: !valid,
  });
  if (playerId === null) return { person: undefined, fetching: false, problem: null };
  if (valid && error) {
    const problem = <QueryProblem error={error} onRetry={() => refetch({ requestPolicy: "network-only" })} />;
    return { person: undefined, fetching: false, problem };
  }
  if (valid && fetching) return { person: undefined, fetching: true, problem: null };
  if (valid && data?.player) return { person: enrolled(data.player), fetching: false, problem: null };
  const problem = <Notice tone="warn" title={t("notKnown")} live="status" />;
  return { person: undefined, fetching: false, problem };
}

type Tables = readonly { tableId: string }[];

function initialDraft(me: Me, person: Person | undefined, wanted: string | null, tables: Tables): Draft {
  const place = rememberedPlace();
  const tableId = wanted ?? place.tableId;
  return {
    person,
    direction: "in",
    kind: undefined,
    amount: "",
    earlier: undefined,
    tender: "currency",
    area: wanted === null ? (place.area ?? (me.can("floor:rate") ? "pit" : "cage")) : "pit",
    tableId: tables.some((table) => table.tableId === tableId) ? (tableId ?? "") : "",
    windowNo: place.windowNo ?? "",
    forSomebody: false,
    agentFor: undefined,
    foreignCurrency: "",
    note: "",
  };
}
