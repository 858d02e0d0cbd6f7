import { ScanSearch } from "lucide-react";
import { useState } from "react";
import { Link, useSearchParams } from "react-router";
import { useMe } from "../../api/session.tsx";
import { Button } from "../../components/button.tsx";
import { DayPicker } from "../../components/day-field.tsx";
import { Empty } from "../../components/empty.tsx";
import { Field } from "../../components/field.tsx";
import { Card } from "../../components/page.tsx";
import { Picker } from "../../components/picker.tsx";
import { SimpleTable } from "../../components/table.tsx";
import { type AuditLineFragment, useSearchAuditLogQuery, useStaffNamesQuery } from "../../generated/graphql.ts";
import { addDays, isDay } from "../../lib/days.ts";
import { formatDateTime } from "../../lib/format.ts";
import { useTyped } from "../../lib/typed.ts";
import { isUuid } from "../../lib/uuid.ts";
import { words } from "../../words/words.ts";
import { isPresent } from "../pit-board/board.ts";
import { ListState } from "./list-state.tsx";
import styles from "./operations.module.css";
import { TraceCard } from "./trace-card.tsx";

const t = words("operations");

const ANYBODY = "anybody";
const LINES = 50;

/** Who did what, newest first; and everything that one request wrote. */
export function AuditSearch() {
  const [search, setSearch] = useSearchParams();
  const change = (name: string, value: string) =>
    setSearch(
      (before) => {
        if (value === "") before.delete(name);
        else before.set(name, value);
        before.delete("before");
        return before;
      },
      { replace: true },
    );
  const request = search.get("request") ?? "";
  return (
    <>
      <Filters search={search} onChange={change} />
      {request !== "" && <TraceCard key={request} correlationId={request} />}
      <Lines
        search={search}
        onFollow={(id) => change("request", id)}
        onMore={(last) => {
          search.set("before", last);
          setSearch(new URLSearchParams(search));
        }}
      />
    </>
  );
}

interface FiltersProps {
  search: URLSearchParams;
  onChange: (name: string, value: string) => void;
}

function Filters({ search, onChange }: FiltersProps) {
  const me = useMe();
  const [{ data }] = useStaffNamesQuery();
  const [request, typeRequest] = useTyped(search.get("request") ?? "", (text) => onChange("request", text.trim()));
  const [player, typePlayer] = useTyped(search.get("player") ?? "", (text) => onChange("player", text.trim()));
  const staff = data?.staffs?.nodes.filter(isPresent) ?? [];
  const people = [
    { id: ANYBODY, label: t("audit.anybody") },
    ...staff.map(({ staffId, displayName }) => ({ id: staffId, label: displayName })),
  ];
  return (
    <search aria-label={t("views.audit")} className={styles.bar}>
      <Field label={t("audit.request")} value={request} onChange={typeRequest} type="search" verbatim />
      <Field
        label={t("audit.player")}
        value={player}
        onChange={typePlayer}
        type="search"
        verbatim
        error={player === "" || isUuid(player) ? undefined : t("audit.playerHint")}
      />
      <Picker
        label={t("audit.person")}
        options={people}
        value={search.get("person") ?? ANYBODY}
        onChange={(id) => onChange("person", id === ANYBODY ? "" : id)}
      />
      <DayPicker
        label={t("audit.since")}
        value={search.get("since") ?? ""}
        last={me.gamingDay}
        onChange={(day) => onChange("since", day)}
      />
      <DayPicker
        label={t("audit.until")}
        value={search.get("until") ?? ""}
        last={addDays(me.gamingDay, 1)}
        onChange={(day) => onChange("until", day)}
      />
    </search>
  );
}

interface LinesProps {
  search: URLSearchParams;
  onFollow: (correlationId: string) => void;
  onMore: (last: string) => void;
}

function Lines({ search, onFollow, onMore }: LinesProps) {
  const me = useMe();
  const [{ data, error }, refetch] = useSearchAuditLogQuery({
    variables: variablesOf(search),
    requestPolicy: "cache-and-network",
  });
  const [shown, setShown] = useState<AuditLineFragment>();
  const lines = data?.searchAuditLog?.nodes.filter(isPresent) ?? [];
  const last = lines.length === LINES ? lines.at(-1)?.auditLogId : undefined;
  return (
    <Card title={t("views.audit")} padded={false}>
      <ListState
        what={t("views.audit")}
        data={data?.searchAuditLog}
        error={error}
        onRetry={() => refetch({ requestPolicy: "network-only" })}
        isEmpty={() => lines.length === 0}
        empty={
          <Empty icon={<ScanSearch size={22} />} title={t("audit.none")}>
            {t("audit.noneWhy")}
          </Empty>
        }
      >
        {() => (
          <>
            <SimpleTable
              label={t("views.audit")}
              rows={lines}
              keyOf={(line) => line.auditLogId ?? ""}
              columns={[
                { name: t("audit.at"), of: (line) => line.happenedAt && formatDateTime(line.happenedAt, me.timezone) },
                { name: t("audit.who"), of: (line) => line.staffName ?? line.loginName ?? t("audit.system") },
                { name: t("audit.what"), of: (line) => <What line={line} /> },
                {
                  name: t("audit.about"),
                  wide: true,
                  of: (line) =>
                    line.playerId ? (
                      <Link to={`/players/${line.playerId}`}>{t("drift.player")}</Link>
                    ) : (
                      line.subjectName
                    ),
                },
                {
                  name: t("audit.particulars"),
                  right: true,
                  wide: true,
                  of: (line) => (
                    <Button
                      look="quiet"
                      aria-expanded={shown === line}
                      onPress={() => setShown(shown === line ? undefined : line)}
                    >
                      {t(shown === line ? "audit.less" : "audit.more")}
                    </Button>
                  ),
                },
                {
                  name: t("request"),
                  right: true,
                  of: (line) =>
                    line.correlationId && (
                      <Button
                        look="quiet"
                        aria-label={t("audit.followOf", { id: line.correlationId })}
                        onPress={() => onFollow(line.correlationId ?? "")}
                      >
                        {t("audit.follow")}
                      </Button>
                    ),
                },
              ]}
            />
            {shown && (
              <pre className={`${styles.pad} ${styles.code}`}>{JSON.stringify(shown.details ?? {}, null, 2)}</pre>
            )}
            {last && (
              <div className={styles.pad}>
                <Button onPress={() => onMore(last)}>{t("audit.older")}</Button>
              </div>
            )}
          </>
        )}
      </ListState>
    </Card>
  );
}

function What({ line }: { line: AuditLineFragment }) {
  return (
    <span className={styles.who}>
      <span lang="en">{line.action}</span>
      <span className={styles.small}>{[line.operation, line.code].filter(Boolean).join(" · ")}</span>
    </span>
  );
}

function variablesOf(search: URLSearchParams) {
  const uuid = (name: string) => {
    const value = search.get(name) ?? "";
    return isUuid(value) ? value : null;
  };
  const day = (name: string) => {
    const value = search.get(name);
    return isDay(value) ? `${value}T00:00:00Z` : null;
  };
  return {
    correlationId: search.get("request"),
    personId: uuid("person"),
    playerId: uuid("player"),
    action: null,
    since: day("since"),
    until: day("until"),
    before: uuid("before"),
  };
}
