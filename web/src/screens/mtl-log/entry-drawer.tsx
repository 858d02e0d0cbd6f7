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
import { formatDateTime, formatDay, formatMoney, humanize } from "../../lib/format.ts";
import { isUuid } from "../../lib/uuid.ts";
import { isPresent } from "../pit-board/board.ts";
import { CorrectDialog } from "./correct-dialog.tsx";
import styles from "./entry-drawer.module.css";
import { EntryNotes } from "./entry-notes.tsx";
import { nameOf, placeOf, signedAmount } from "./words.ts";

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
    <Drawer title="Entry" onClose={onClose}>
      {error && (
        <DrawerSection>
          <QueryProblem error={error} onRetry={retry} />
        </DrawerSection>
      )}
      {!error && fetching && <DrawerSkeleton />}
      {!error && !fetching && (
        <Empty icon={<FileQuestion size={22} />} title="There is no such entry">
          The address may be mistyped, or the entry is another property's.
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
  // One's own of the running gaming day, or anybody's for a reviewer; the command asks again.
  const own = live?.staffId === me.staffId && live.gamingDay === me.gamingDay;
  const mayCorrect = me.can("mtl:create") && (own || me.can("mtl:review"));
  const noted = [data?.mtlEntry, ...(data?.mtlEntry?.mtlEntriesByCorrectsEntryId.nodes ?? [])].filter(isPresent);
  const notes = noted
    .flatMap((entry) => entry.mtlAuditNotes.nodes)
    .filter(isPresent)
    .sort((a, b) => a.createdAt.localeCompare(b.createdAt));

  if (!shown) {
    return (
      <Drawer title="Entry" onClose={onClose}>
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
      subtitle={shown.cardNo ? `Card ${shown.cardNo}` : shown.description}
      onClose={onClose}
    >
      <DrawerSection>
        <Facts large>
          <Fact label={shown.kindLabel ?? ""}>
            {signedAmount(shown)} {shown.direction}
          </Fact>
        </Facts>
        <Facts>
          <Fact label="When">{formatDateTime(shown.occurredAt ?? "", me.timezone)}</Fact>
          <Fact label="Gaming day">{formatDay(shown.gamingDay ?? "")}</Fact>
        </Facts>
        <Facts>
          <Fact label="Where">{placeOf(shown)}</Fact>
          <Fact label="Tender">{humanize(shown.tender ?? "")}</Fact>
          <Fact label="By">{shown.staffName}</Fact>
        </Facts>
        {shown.agentName && (
          <Facts>
            <Fact label="Brought or taken by">{shown.agentName}</Fact>
          </Facts>
        )}
        {shown.note && <p className={styles.note}>{shown.note}</p>}
        <CorrelationId id={shown.correlationId} />
      </DrawerSection>
      {me.can("mtl:review") && <Totals entry={shown} />}
      <DrawerSection title={chain.length > 1 ? "Entry and corrections" : "Entry"}>
        <ol className={styles.chain}>
          {chain.map((entry) => (
            <Step key={entry.entryId} entry={entry} />
          ))}
        </ol>
        {!live && <p className={styles.void}>The entry is void: nothing of it counts.</p>}
        {live && mayCorrect && (
          <Button icon={<Pencil size={17} />} onPress={() => setCorrecting(live)}>
            Correct
          </Button>
        )}
      </DrawerSection>
      <DrawerSection title="Notes">
        <EntryNotes entryId={shown.entryId ?? ""} notes={notes} mayAdd={me.can("mtl:create")} onAdded={retry} />
      </DrawerSection>
      {correcting && (
        <CorrectDialog
          entry={{
            entryId: correcting.entryId ?? "",
            direction: correcting.direction ?? "",
            amount: correcting.amount ?? "0",
          }}
          kind={correcting.kindLabel ?? ""}
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
    <DrawerSection title={`Cash ${direction} of the day`}>
      <Facts>
        <Fact label="Before">{formatMoney(before ?? "0")}</Fact>
        <Fact label="After">{formatMoney(after ?? "0")}</Fact>
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
          {signedAmount(entry)} {entry.direction}
        </span>
        <span className={styles.badges}>
          {role !== "original" && <Badge>{humanize(role)}</Badge>}
          {role === "replacement" && entry.isLive && <Badge tone="good">Counts</Badge>}
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
    <Loading what="the entry">
      {skeletons.map((height) => (
        <DrawerSection key={height}>
          <Skeleton height={height} />
        </DrawerSection>
      ))}
    </Loading>
  );
}
