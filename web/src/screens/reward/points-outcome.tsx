import { Button } from "../../components/button.tsx";
import { DialogActions } from "../../components/dialog.tsx";
import { Fact, Facts } from "../../components/facts.tsx";
import { CorrelationId, Notice, NoticeText } from "../../components/notice.tsx";
import { TierProgress } from "../../components/progress.tsx";
import { Tier } from "../../components/tier.tsx";
import type { LedgerOutcomeFragment } from "../../generated/graphql.ts";
import { formatPoints, formatSignedPoints } from "../../lib/format.ts";
import { howMany } from "../../lib/how-many.ts";
import { words } from "../../words/words.ts";

const t = words("reward");

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
          <Fact label={t("outcome.balance")}>
            {t("outcome.points", {
              points: formatPoints(result.currentBalance),
              count: howMany(result.currentBalance),
            })}
          </Fact>
          <Fact label={t("outcome.tier")}>{result.tier && <Tier tier={result.tier} />}</Fact>
        </Facts>
      )}
      {result.tierProgress !== null && (
        <TierProgress percent={result.tierProgress} next={result.ledgerEntry?.player?.nextTier} />
      )}
      <DialogActions>
        {again && <Button onPress={again.onPress}>{again.label}</Button>}
        <Button look="primary" onPress={onDone} autoFocus>
          {t("outcome.done")}
        </Button>
      </DialogActions>
    </>
  );
}

function Outcome({ result: { ledgerEntry, rewardRequest, replayed } }: { result: LedgerOutcomeFragment }) {
  if (replayed) {
    return (
      <Notice tone="info" title={t("outcome.already")} live="status">
        <NoticeText>
          {ledgerEntry
            ? t("outcome.inLedger", {
                points: formatSignedPoints(ledgerEntry.pointsChange),
                count: howMany(ledgerEntry.pointsChange),
                entry: ledgerEntry.entryNo,
              })
            : t("outcome.waiting")}
        </NoticeText>
        <CorrelationId id={ledgerEntry?.correlationId} />
      </Notice>
    );
  }
  if (rewardRequest && !ledgerEntry) {
    return (
      <Notice tone="info" title={t("outcome.sent")} live="status">
        <NoticeText>
          {t("outcome.whenApproved", {
            points: formatSignedPoints(rewardRequest.points),
            count: howMany(rewardRequest.points),
          })}
        </NoticeText>
      </Notice>
    );
  }
  if (!ledgerEntry) return null;
  return (
    <Notice
      tone="good"
      title={t("outcome.recorded", {
        points: formatSignedPoints(ledgerEntry.pointsChange),
        count: howMany(ledgerEntry.pointsChange),
      })}
      live="status"
    >
      <NoticeText>{t("outcome.entry", { entry: ledgerEntry.entryNo })}</NoticeText>
      <CorrelationId id={ledgerEntry.correlationId} />
    </Notice>
  );
}
