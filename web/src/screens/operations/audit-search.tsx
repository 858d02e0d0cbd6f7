import { ScanSearch } from "lucide-react";
import { useState } from "react";
import { Link, useSearchParams } from "react-router";
import { useMe } from "../../api/session.tsx";
import { Button } from "../../components/button.tsx";
import { Empty } from "../../components/empty.tsx";
import { toInstant } from "../../components/moment-field.tsx";
import { Card } from "../../components/page.tsx";
import { QueryState } from "../../components/query-state.tsx";
import { SimpleTable } from "../../components/table.tsx";
import { type AuditLineFragment, useSearchAuditLogQuery } from "../../generated/graphql.ts";
import { isPresent } from "../../lib/present.ts";
import { isUuid } from "../../lib/uuid.ts";
import { term } from "../../words/term.ts";
import { words } from "../../words/words.ts";
import { usePlayerNames } from "../players/use-player-names.ts";
import { AuditFilters } from "./audit-filters.tsx";
import { AuditLineDialog } from "./audit-line-dialog.tsx";
import styles from "./operations.module.css";
import { RequestLink } from "./request-link.tsx";
import { spokenCommand } from "./spoken.ts";
import { TraceCard } from "./trace-card.tsx";
import { When } from "./when.tsx";

const t = words("operations");

/** As many lines as the query asks for at once. */
const LINES = 50;

/** Who did what, newest first; and everything that one request wrote. */
export function AuditSearch() {
  const [search, setSearch] = useSearchParams();
  const change = (name: string, value: string) =>
    setSearch(
      (before) => {
        const after = new URLSearchParams(before);
        if (value === "") after.delete(name);
        else after.set(name, value);
        after.delete("before");
        return after;
      },
      { replace: true },
    );
  const page = (before: string | undefined) =>
    setSearch((now) => {
      const after = new URLSearchParams(now);
      if (before === undefined) after.delete("before");
      else after.set("before", before);
      return after;
    });
  const request = search.get("request") ?? "";
  return (
    <>
      <AuditFilters search={search} onChange={change} />
      {request !== "" && <TraceCard key={request} correlationId={request} />}
      <Lines search={search} onPage={page} />
    </>
  );
}

interface LinesProps {
  search: URLSearchParams;
  /** Lines older than this one; undefined: the newest. */
  onPage: (before: string | undefined) => void;
}

function Lines({ search, onPage }: LinesProps) {
  const me = useMe();
  const [{ data, error }, refetch] = useSearchAuditLogQuery({
    variables: variablesOf(search, me.timezone),
    requestPolicy: "cache-and-network",
  });
  const [shown, setShown] = useState<AuditLineFragment>();
  const lines = data?.searchAuditLog?.nodes.filter(isPresent) ?? [];
  const nameOf = usePlayerNames(lines.map((line) => line.playerId));
  const last = lines.length === LINES ? lines.at(-1)?.auditLogId : undefined;
  const isOlder = search.has("before");
  return (
    <Card title={t("views.audit")} padded={false}>
      <QueryState
        inset
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
          <SimpleTable
            label={t("views.audit")}
            rows={lines}
            keyOf={(line) => line.auditLogId ?? ""}
            columns={[
              { name: t("audit.at"), of: (line) => <When at={line.happenedAt} /> },
              { name: t("audit.who"), of: (line) => line.staffName ?? line.loginName ?? t("audit.system") },
              { name: t("audit.what"), of: (line) => <Action line={line} /> },
              {
                name: t("audit.about"),
                wide: true,
                of: (line) =>
                  line.playerId ? (
                    <Link className={styles.link ?? ""} to={`/players/${line.playerId}`}>
                      {nameOf(line.playerId) ?? t("drift.player")}
                    </Link>
                  ) : (
                    line.subjectName
                  ),
              },
              { name: t("request"), right: true, of: (line) => <RequestLink id={line.correlationId} /> },
              {
                name: t("audit.particulars"),
                right: true,
                of: (line) => (
                  <Button look="quiet" onPress={() => setShown(line)}>
                    {t("audit.show")}
                  </Button>
                ),
              },
            ]}
          />
        )}
      </QueryState>
      {(last || isOlder) && (
        <div className={`${styles.pad} ${styles.actions}`}>
          {isOlder && <Button onPress={() => onPage(undefined)}>{t("audit.newest")}</Button>}
          {last && <Button onPress={() => onPage(last)}>{t("audit.older")}</Button>}
        </div>
      )}
      {shown && <AuditLineDialog line={shown} player={nameOf(shown.playerId)} onClose={() => setShown(undefined)} />}
    </Card>
  );
}

function Action({ line }: { line: AuditLineFragment }) {
  const particulars = [line.operation && spokenCommand(line.operation), line.code];
  return (
    <span className={styles.who}>
      <span>{term("auditAction", line.action ?? "")}</span>
      <span className={styles.small}>{particulars.filter(Boolean).join(" · ")}</span>
    </span>
  );
}

function variablesOf(search: URLSearchParams, timezone: string) {
  const uuid = (name: string) => {
    const value = search.get(name) ?? "";
    return isUuid(value) ? value : null;
  };
  const moment = (name: string) => toInstant(search.get(name) ?? "", timezone);
  return {
    correlationId: search.get("request"),
    personId: uuid("person"),
    playerId: uuid("player"),
    action: null,
    since: moment("since"),
    until: moment("until"),
    before: uuid("before"),
  };
}
