import type { ReactNode } from "react";
import { Link } from "react-router";
import { useCommand } from "../../api/command.ts";
import { Button } from "../../components/button.tsx";
import { CommandProblem } from "../../components/command-problem.tsx";
import { DrawerSection } from "../../components/drawer.tsx";
import { Fact, Facts } from "../../components/facts.tsx";
import { CorrelationId, Notice, NoticeText } from "../../components/notice.tsx";
import { TierProgress } from "../../components/progress.tsx";
import { Tier } from "../../components/tier.tsx";
import {
  type LoyaltyStandingFragment,
  type RecoverSlipLoyaltyMutation,
  type SlipCompletionFragment,
  type SlipDetailsFragment,
  useRecoverSlipLoyaltyMutation,
  useSlipPromotionsQuery,
} from "../../generated/graphql.ts";
import { formatPoints, formatSignedPoints } from "../../lib/format.ts";
import { howMany } from "../../lib/how-many.ts";
import { isPresent } from "../../lib/present.ts";
import { words } from "../../words/words.ts";
import styles from "./completion-panel.module.css";
import { SlipFigures } from "./slip-figures.tsx";

const t = words("slipDrawer");

type Recovered = NonNullable<NonNullable<RecoverSlipLoyaltyMutation["recoverSlipLoyalty"]>["slipOutcome"]>;
type Outcome = SlipCompletionFragment | Recovered;

interface CompletionPanelProps {
  completion: SlipCompletionFragment;
  slip: SlipDetailsFragment;
  onClose: () => void;
}

/** What a completed slip brought; or that its award is still due, and how to get it. */
export function CompletionPanel({ completion, slip, onClose }: CompletionPanelProps) {
  const [, execute] = useRecoverSlipLoyaltyMutation();
  const recover = useCommand(execute, (data) => data.recoverSlipLoyalty?.slipOutcome);
  const latest = recover.result ?? completion;
  const pending = latest.outcome === "pending";
  return (
    <>
      <DrawerSection>
        {pending ? (
          <Pending
            completion={latest}
            busy={recover.busy}
            onRetry={() => void recover.send({ ratingSlipId: slip.ratingSlipId })}
          />
        ) : (
          <Award
            completion={latest}
            next={(latest.ledgerEntry?.player ?? slip.player?.playerLoyalty)?.nextTier}
            first={!completion.replayed || recover.result !== undefined}
          >
            <OfPromotions ratingSlipId={slip.ratingSlipId} />
          </Award>
        )}
        <CommandProblem status={recover} onRetry={() => void recover.retry()} />
      </DrawerSection>
      <DrawerSection title={t("play")}>
        <SlipFigures slip={slip} theoreticalWin={latest.theoreticalWin} />
      </DrawerSection>
      <DrawerSection>
        <div className={styles.actions}>
          <Link className={styles.link ?? ""} to={`/players/${slip.playerId}`}>
            {t("playerPage")}
          </Link>
          <Button look={pending ? "secondary" : "primary"} onPress={onClose} autoFocus>
            {t("done")}
          </Button>
        </div>
      </DrawerSection>
    </>
  );
}

interface PendingProps {
  completion: Outcome;
  busy: boolean;
  onRetry: () => void;
}

function Pending({ completion, busy, onRetry }: PendingProps) {
  return (
    <Notice
      tone="warn"
      title={t("pending.title")}
      live="status"
      actions={
        <Button isPending={busy} onPress={onRetry}>
          {t("pending.retry")}
        </Button>
      }
    >
      <NoticeText>{t("pending.text")}</NoticeText>
      <CorrelationId id={completion.correlationId} />
    </Notice>
  );
}

/** What promotions gave beside it: entries of their own, which are in the new balance, too. */
function OfPromotions({ ratingSlipId }: { ratingSlipId: string }) {
  const [{ data }] = useSlipPromotionsQuery({ variables: { ratingSlipId }, requestPolicy: "network-only" });
  const awards = data?.promotionAwards?.nodes.filter(isPresent) ?? [];
  return awards.map(({ entryNo, points, promotion }) => (
    <p key={entryNo} className="numeric">
      {t("award.promotion", { points: formatSignedPoints(points), name: promotion?.name ?? "" })}
    </p>
  ));
}

interface AwardProps {
  completion: Outcome;
  /** The tier above the player's. */
  next: LoyaltyStandingFragment["nextTier"] | undefined;
  first: boolean;
  children: ReactNode;
}

function Award({ completion, next, first, children }: AwardProps) {
  return (
    <>
      <div className={styles.award} data-none={completion.points === "0"} role="status">
        <p className={`${styles.points} numeric`}>{formatSignedPoints(completion.points ?? "0")}</p>
        <p className={styles.caption}>
          {completion.points === "0" ? t("award.none") : t("award.points", { count: howMany(completion.points) })}
        </p>
        {children}
      </div>
      {!first && (
        <Notice title={t("award.before")}>
          <NoticeText>{t("award.ofThen")}</NoticeText>
        </Notice>
      )}
      <Facts>
        <Fact label={t("award.newBalance")}>
          {completion.currentBalance === null ? "–" : formatPoints(completion.currentBalance)}
        </Fact>
        <Fact label={t("tier")}>{completion.tier && <Tier tier={completion.tier} />}</Fact>
        {completion.lifetimePoints !== null && (
          <Fact label={t("lifetime")}>{formatPoints(completion.lifetimePoints)}</Fact>
        )}
      </Facts>
      {completion.tierProgress !== null && <TierProgress percent={completion.tierProgress} next={next} />}
    </>
  );
}
