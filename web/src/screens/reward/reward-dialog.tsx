import { useState } from "react";
import { type CommandStatus, useCommand } from "../../api/command.ts";
import { Button } from "../../components/button.tsx";
import { CommandProblem } from "../../components/command-problem.tsx";
import { Dialog, DialogActions, DialogForm } from "../../components/dialog.tsx";
import { Field } from "../../components/field.tsx";
import { Notice, NoticeText, QueryProblem } from "../../components/notice.tsx";
import { ReasonField } from "../../components/reason-field.tsx";
import { Loading, Skeleton } from "../../components/skeleton.tsx";
import {
  type RewardTermsQuery,
  useManualRewardMutation,
  useRewardStandingQuery,
  useRewardTermsQuery,
} from "../../generated/graphql.ts";
import { useCountdown } from "../../lib/clock.ts";
import { useDebounced } from "../../lib/debounced.ts";
import { formatPoints } from "../../lib/format.ts";
import { howMany } from "../../lib/how-many.ts";
import { parsePoints } from "../../lib/money.ts";
import { words } from "../../words/words.ts";
import { PointsOutcome } from "./points-outcome.tsx";

const t = words("reward");

interface RewardDialogProps {
  playerId: string;
  playerName: string;
  /** The running slip during which the reward is given, if any. */
  ratingSlipId?: string | undefined;
  onClose: () => void;
}

/** Gives points by hand. All limits are the database's: they come with the query and the refusals. */
export function RewardDialog({ playerId, playerName, ratingSlipId, onClose }: RewardDialogProps) {
  const [{ data, error }, refetch] = useRewardTermsQuery({ requestPolicy: "network-only" });
  const [, execute] = useManualRewardMutation();
  const reward = useCommand(execute, (answer) => answer.manualReward?.ledgerResult);
  const terms = data?.rewardTerms;
  const reload = () => refetch({ requestPolicy: "network-only" });

  return (
    <Dialog title={t("title")} subtitle={playerName} onClose={onClose} busy={reward.busy}>
      {error && !terms && <QueryProblem error={error} onRetry={reload} />}
      {!error && !terms && (
        <Loading what={t("loading")}>
          <Skeleton height="13rem" />
        </Loading>
      )}
      {terms && reward.result && (
        <PointsOutcome
          result={reward.result}
          onDone={onClose}
          again={{
            label: t("another"),
            onPress: () => {
              reward.reset();
              reload();
            },
          }}
        />
      )}
      {terms && !reward.result && (
        <RewardForm
          terms={terms}
          reward={reward}
          onSend={(points, reason) => reward.send({ playerId, points, reason, ratingSlipId: ratingSlipId ?? null })}
          onCancel={onClose}
        />
      )}
    </Dialog>
  );
}

type Terms = NonNullable<RewardTermsQuery["rewardTerms"]>;

interface RewardFormProps {
  terms: Terms;
  reward: CommandStatus;
  onSend: (points: string, reason: string) => void;
  onCancel: () => void;
}

function RewardForm({ terms, reward, onSend, onCancel }: RewardFormProps) {
  const [typed, setTyped] = useState("");
  const [reason, setReason] = useState("");
  const [openedAt] = useState(() => performance.now());
  const points = parsePoints(typed);
  const minLength = terms.minReasonLength ?? 0;
  const limited = reward.problem?.code === "RATE_LIMIT_EXCEEDED";
  const limitedFor = limited ? Number(reward.problem?.details.retryAfterSeconds ?? 0) : 0;
  const wait = Math.max(
    useCountdown(limitedFor, reward.problemAt),
    useCountdown(terms.rewardsLeft === 0 ? (terms.retryAfterSeconds ?? 0) : 0, openedAt),
  );
  const { standing, isAnswered } = useStanding(points);
  const tooMany = isAnswered && standing === "above_limit";
  const needsApproval = points !== undefined && standing === "requested";
  const ready =
    points !== undefined && points !== "0" && isAnswered && !tooMany && reason.trim().length >= minLength && wait === 0;
  const unanswered = reward.state === "unanswered";
  const send = () => points !== undefined && onSend(points, reason.trim());

  return (
    <DialogForm
      onSubmit={() => {
        if (ready && !unanswered) send();
      }}
    >
      <Field
        label={t("points")}
        aside={terms.maxPoints === null ? undefined : t("upTo", { points: formatPoints(terms.maxPoints) })}
        value={typed}
        onChange={setTyped}
        inputMode="numeric"
        autoComplete="off"
        numeric
        autoFocus
        isDisabled={reward.locked}
        error={pointsError(typed, points, tooMany, terms.maxPoints)}
      />
      <ReasonField value={reason} onChange={setReason} minLength={minLength} isDisabled={reward.locked} />
      {needsApproval && (
        <Notice tone="info" title={t("request.title")} live="status">
          <NoticeText>
            {t("request.text", {
              points: formatPoints(terms.approvalThreshold ?? "0"),
              count: howMany(terms.approvalThreshold),
            })}
          </NoticeText>
        </Notice>
      )}
      {wait > 0 && <WaitNotice seconds={wait} />}
      {!limited && <CommandProblem status={reward} onRetry={send} />}
      {wait === 0 && terms.rewardsLeft !== null && terms.rewardsPerMinute !== null && (
        <RewardsLeft left={terms.rewardsLeft} of={terms.rewardsPerMinute} />
      )}
      <DialogActions>
        <Button onPress={onCancel} isDisabled={reward.busy}>
          {t(unanswered ? "leave" : "cancel")}
        </Button>
        <Button type="submit" look="primary" isPending={reward.busy} isDisabled={!ready || unanswered}>
          {wait > 0 ? t("waitFor", { seconds: String(wait) }) : t(needsApproval ? "ask" : "give")}
        </Button>
      </DialogActions>
    </DialogForm>
  );
}

function pointsError(typed: string, points: string | undefined, tooMany: boolean, max: string | null) {
  if (typed.trim() === "") return undefined;
  if (points === undefined || points === "0") return t("whole");
  return tooMany && max !== null ? t("atMost", { points: formatPoints(max), count: howMany(max) }) : undefined;
}

/** Announced once: only who looks at it sees it count. */
function WaitNotice({ seconds }: { seconds: number }) {
  const [atFirst] = useState(seconds);
  const text = (seconds: number) =>
    t.rich("wait.text", { seconds, figure: (chunks) => <span className="numeric">{chunks}</span> });
  return (
    <Notice tone="warn" title={t("wait.title")} live="status">
      <NoticeText>
        <span className="visually-hidden">{text(atFirst)}</span>
        <span aria-hidden="true">{text(seconds)}</span>
      </NoticeText>
    </Notice>
  );
}

function RewardsLeft({ left, of }: { left: number; of: number }) {
  return <NoticeText>{t("left", { left, of })}</NoticeText>;
}

/** What becomes of so many points. While the answer is awaited, the one before; without one, the command tells. */
function useStanding(points: string | undefined) {
  const settled = useDebounced(points ?? "");
  const [{ data, fetching, stale }] = useRewardStandingQuery({
    variables: { points: settled },
    pause: settled === "",
    requestPolicy: "cache-and-network",
  });
  return { standing: data?.rewardStanding, isAnswered: settled === points && !fetching && !stale };
}
