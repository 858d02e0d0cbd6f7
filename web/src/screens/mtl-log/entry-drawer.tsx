import { FileQuestion, Pencil } from "lucide-react";
import { useState } from "react";
import { useMe } from "../../api/session.tsx";
import { Badge, CashBadge } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import { Drawer, DrawerSection } from "../../components/drawer.tsx";
import { Empty } from "../../components/empty.tsx";
import { Fact, Facts } from "../../components/facts.tsx";
import { CorrelationId, QueryProblem } from "../../components/notice.tsx";
import { Loading, Skeleton } from "../../components/skeleton.tsx";
import {
  type LoggedEntryFragment,
  useMtlLogChainLiveSubscription,
  useMtlLogChainQuery,
  useMtlLogEntryQuery,
} from "../../generated/graphql.ts";
import { formatDateTime, formatDay, formatMoney } from "../../lib/format.ts";
import { isPresent } from "../../lib/present.ts";
import { isUuid } from "../../lib/uuid.ts";
import { term } from "../../words/term.ts";
import { words } from "../../words/words.ts";
import { CorrectDialog } from "./correct-dialog.tsx";
import styles from "./entry-drawer.module.css";
import { EntryNotes } from "./entry-notes.tsx";
import { amountOf, nameOf, placeOf } from "./words.ts";

const t = words("mtlLog");

interface EntryDrawerProps {
  entryId: string;
  onClose: () => void;
}

/** An entry with everything that was done about it: what corrects it, and notes. */
export function EntryDrawer({ entryId, onClose }: EntryDrawerProps) {
  const [{ data, error, fetching }, refetch] = useMtlLogEntryQuery({
    variables: { entryId },
    pause: !isUuid(entryId),
  });
  const entry = data?.mtlEntry;
  const retry = () => refetch({ requestPolicy: "network-only" });
  if (entry) return <Chain originalId={entry.correctsEntryId ?? entry.entryId} entryId={entryId} onClose={onClose} />;
  return (
    <Drawer title={t("entry.title")} onClose={onClose}>
      {error && (
        <DrawerSection>
          <QueryProblem error={error} onRetry={retry} />
        </DrawerSection>
      )}
      {!error && fetching && <DrawerSkeleton />}
      {!error && !fetching && (
        <Empty icon={<FileQuestion size={22} />} title={t("entry.nothing")}>
          {t("entry.mistyped")}
        </Empty>
      )}
    </Drawer>
  );
}

interface ChainProps {
  originalId: string;
  entryId: string;
  onClose: () => void;
}

function Chain({ originalId, entryId, onClose }: ChainProps) {
  const me = useMe();
  const [correcting, setCorrecting] = useState<LoggedEntryFragment>();
  const [{ data, error }, refetch] = useMtlLogChainQuery({
    variables: { originalId },
    requestPolicy: "cache-and-network",
  });
  // Each event carries the entries into the cache, from which the query above is answered.
  useMtlLogChainLiveSubscription({ variables: { originalId } });
  const retry = () => refetch({ requestPolicy: "network-only" });
  const chain = (data?.mtlLogs?.nodes ?? []).filter(isPresent).sort(inOrder);
  const shown = chain.find((entry) => entry.entryId === entryId);
  const live = chain.find((entry) => entry.isLive);
  const noted = [data?.mtlEntry, ...(data?.mtlEntry?.mtlEntriesByCorrectsEntryId.nodes ?? [])].filter(isPresent);
  const notes = noted
    .flatMap((entry) => entry.mtlAuditNotes.nodes)
    .filter(isPresent)
    .sort((a, b) => a.createdAt.localeCompare(b.createdAt));

  if (!shown) {
    return (
      <Drawer title={t("entry.title")} onClose={onClose}>
        {error ? (
          <DrawerSection>
            <QueryProblem error={error} onRetry={retry} />
          </DrawerSection>
        ) : (
          <DrawerSkeleton />
        )}
      </Drawer>
    );
  }
  return (
    <Drawer
      title={nameOf(shown)}
      subtitle={shown.cardNo ? t("card", { card: shown.cardNo }) : shown.description}
      onClose={onClose}
    >
      <DrawerSection>
        <Facts large>
          <Fact label={term("cashKind", shown.kind ?? "")}>{amountOf(shown)}</Fact>
        </Facts>
        <Facts>
          <Fact label={t("entry.when")}>{formatDateTime(shown.occurredAt ?? "", me.timezone)}</Fact>
          <Fact label={t("entry.gamingDay")}>{formatDay(shown.gamingDay ?? "")}</Fact>
        </Facts>
        <Facts>
          <Fact label={t("entry.where")}>{placeOf(shown)}</Fact>
          <Fact label={t("entry.tender")}>{term("tender", shown.tender ?? "")}</Fact>
          <Fact label={t("columns.by")}>{shown.staffName}</Fact>
        </Facts>
        {shown.agentName && (
          <Facts>
            <Fact label={t("entry.agent")}>{shown.agentName}</Fact>
          </Facts>
        )}
        {shown.note && <p className={styles.note}>{shown.note}</p>}
        <CorrelationId id={shown.correlationId} />
      </DrawerSection>
      {me.can("mtl:review") && <Totals entry={shown} />}
      <DrawerSection title={chain.length > 1 ? t("entry.corrections") : t("entry.title")}>
        <ol className={styles.chain}>
          {chain.map((entry) => (
            <Step key={entry.entryId} entry={entry} />
          ))}
        </ol>
        {!live && <p className={styles.void}>{t("entry.void")}</p>}
        {live?.correctable && (
          <Button icon={<Pencil size={17} />} onPress={() => setCorrecting(live)}>
            {t("entry.correct")}
          </Button>
        )}
      </DrawerSection>
      <DrawerSection title={t("entry.notes")}>
        <EntryNotes entryId={shown.entryId ?? ""} notes={notes} mayAdd={me.can("mtl:create")} onAdded={retry} />
      </DrawerSection>
      {correcting && (
        <CorrectDialog
          entry={{
            entryId: correcting.entryId ?? "",
            direction: correcting.direction ?? "",
            amount: correcting.amount ?? "0",
          }}
          kind={term("cashKind", correcting.kind ?? "")}
          person={nameOf(correcting)}
          onCorrected={retry}
          onClose={() => setCorrecting(undefined)}
        />
      )}
    </Drawer>
  );
}

/** What the person's day was before and after; computed, and for reviewers only. */
function Totals({ entry }: { entry: LoggedEntryFragment }) {
  const { direction, cashInBefore, cashInAfter, cashOutBefore, cashOutAfter } = entry;
  const [before, after] = direction === "in" ? [cashInBefore, cashInAfter] : [cashOutBefore, cashOutAfter];
  return (
    <DrawerSection title={t("entry.ofDay", { direction: direction ?? "in" })}>
      <Facts>
        <Fact label={t("entry.before")}>{formatMoney(before ?? "0")}</Fact>
        <Fact label={t("entry.after")}>{formatMoney(after ?? "0")}</Fact>
      </Facts>
    </DrawerSection>
  );
}

function Step({ entry }: { entry: LoggedEntryFragment }) {
  const me = useMe();
  const role = entry.entryRole ?? "original";
  return (
    <li className={styles.step}>
      <div className={styles.stepHead}>
        <span className={`${styles.amount} numeric`} data-live={entry.isLive}>
          {amountOf(entry)}
        </span>
        <span className={styles.badges}>
          {role !== "original" && <Badge>{term("entryRole", role)}</Badge>}
          {role === "replacement" && entry.isLive && <Badge tone="good">{t("entry.counts")}</Badge>}
          <CashBadge badge={entry.badge} />
        </span>
      </div>
      <p className={styles.by}>
        {entry.staffName}, {formatDateTime(entry.createdAt ?? "", me.timezone)}
      </p>
      {entry.reason && <p>{entry.reason}</p>}
    </li>
  );
}

/** Oldest first; an offset before what replaces it. */
function inOrder(a: LoggedEntryFragment, b: LoggedEntryFragment): number {
  const byCorrection = (a.correctionNo ?? 0) - (b.correctionNo ?? 0);
  return byCorrection !== 0 ? byCorrection : (a.entryRole ?? "").localeCompare(b.entryRole ?? "");
}

const skeletons = ["5rem", "8rem", "7rem"];

function DrawerSkeleton() {
  return (
    <Loading what={t("entry.loading")}>
      {skeletons.map((height) => (
        <DrawerSection key={height}>
          <Skeleton height={height} />
        </DrawerSection>
      ))}
    </Loading>
  );
}
