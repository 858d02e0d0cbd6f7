import { Button } from "../../components/button.tsx";
import { DialogActions } from "../../components/dialog.tsx";
import { Fact, Facts } from "../../components/facts.tsx";
import { CorrelationId, Notice, NoticeText } from "../../components/notice.tsx";
import { TierProgress } from "../../components/progress.tsx";
import { Tier } from "../../components/tier.tsx";
import type { LedgerOutcomeFragment } from "../../generated/graphql.ts";
import { formatPoints, formatSignedPoints } from "../../lib/format.ts";

interface PointsOutcomeProps {
  result: LedgerOutcomeFragment;
  onDone: () => void;
  again?: { label: string; onPress: () => void };
}

/** What became of a command on points: an entry, the entry of an earlier call, or a request. */
export function PointsOutcome({ result, onDone, again }: PointsOutcomeProps) {
  return (
    <>
      <Outcome result={result} />
      {result.currentBalance !== null && (
        <Facts>
          <Fact label="Balance">{formatPoints(result.currentBalance)} points</Fact>
          <Fact label="Tier">{result.tier && <Tier tier={result.tier} />}</Fact>
        </Facts>
      )}
      {result.tierProgress !== null && <TierProgress percent={result.tierProgress} />}
      <DialogActions>
        {again && <Button onPress={again.onPress}>{again.label}</Button>}
        <Button look="primary" onPress={onDone} autoFocus>
          Done
        </Button>
      </DialogActions>
    </>
  );
}

function Outcome({ result: { ledgerEntry, rewardRequest, replayed } }: { result: LedgerOutcomeFragment }) {
  if (replayed) {
    return (
      <Notice tone="info" title="Already recorded: nothing was added twice." live="status">
        <NoticeText>
          {ledgerEntry
            ? `${formatSignedPoints(ledgerEntry.pointsChange)} points are in the ledger as entry ${ledgerEntry.entryNo}.`
            : "The request was made before and is waiting for another person."}
        </NoticeText>
        <CorrelationId id={ledgerEntry?.correlationId} />
      </Notice>
    );
  }
  if (rewardRequest && !ledgerEntry) {
    return (
      <Notice tone="info" title="Sent for approval." live="status">
        <NoticeText>
          {formatSignedPoints(rewardRequest.points)} points go into the ledger when another person approves them.
        </NoticeText>
      </Notice>
    );
  }
  if (!ledgerEntry) return null;
  return (
    <Notice tone="good" title={`${formatSignedPoints(ledgerEntry.pointsChange)} points recorded.`} live="status">
      <NoticeText>Entry {ledgerEntry.entryNo} of the player's ledger.</NoticeText>
      <CorrelationId id={ledgerEntry.correlationId} />
    </Notice>
  );
}
