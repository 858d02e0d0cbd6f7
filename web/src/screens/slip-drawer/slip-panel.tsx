import { SearchX } from "lucide-react";
import { useEffect, useState } from "react";
import { useCommand } from "../../api/command.ts";
import { useMe } from "../../api/session.tsx";
import { Drawer, DrawerSection } from "../../components/drawer.tsx";
import { Empty } from "../../components/empty.tsx";
import { QueryProblem } from "../../components/notice.tsx";
import { Loading, Skeleton } from "../../components/skeleton.tsx";
import { type SlipDetailsFragment, useCompleteRatingSlipMutation, useSlipQuery } from "../../generated/graphql.ts";
import { words } from "../../words/words.ts";
import { RewardDialog } from "../reward/reward-dialog.tsx";
import { ClosedSlip } from "./closed-slip.tsx";
import { CompletionPanel } from "./completion-panel.tsx";
import { OpenSlip } from "./open-slip.tsx";
import { PlayerTitle } from "./player-title.tsx";

const t = words("slipDrawer");

interface SlipPanelProps {
  slipId: string;
  /** False when the board doesn't show it any more: it was closed, here or by somebody else. */
  onBoard: boolean;
  onClose: () => void;
}

export function SlipPanel({ slipId, onBoard, onClose }: SlipPanelProps) {
  const me = useMe();
  const [{ data, error, fetching }, refetch] = useSlipQuery({
    variables: { ratingSlipId: slipId },
    requestPolicy: "cache-and-network",
  });
  const [, execute] = useCompleteRatingSlipMutation();
  const complete = useCommand(execute, (answer) => answer.completeRatingSlip?.ratingSlipCompletion);
  const slip = data?.ratingSlip;
  // Outlives the slip's running: somebody else may complete it while a reward is typed or unanswered.
  const [rewarded, setRewarded] = useState<SlipDetailsFragment>();
  const outdated = !onBoard && slip !== undefined && slip !== null && slip.state !== "closed";

  useEffect(() => {
    if (outdated) refetch({ requestPolicy: "network-only" });
  }, [outdated, refetch]);

  return (
    <Drawer
      title={slip ? <PlayerTitle slip={slip} /> : t("slip")}
      subtitle={slip ? placeOf(slip) : undefined}
      onClose={onClose}
    >
      {error && !slip && (
        <DrawerSection>
          <QueryProblem error={error} onRetry={() => refetch({ requestPolicy: "network-only" })} />
        </DrawerSection>
      )}
      {!slip && fetching && <SlipSkeleton />}
      {!slip && !fetching && !error && (
        <Empty icon={<SearchX size={22} />} title={t("noSlip.title")}>
          {t("noSlip.text")}
        </Empty>
      )}
      {slip && complete.result && <CompletionPanel completion={complete.result} slip={slip} onClose={onClose} />}
      {slip && !complete.result && slip.state === "closed" && (
        <ClosedSlip slip={slip} complete={complete} mayRate={me.can("floor:rate")} />
      )}
      {slip && !complete.result && slip.state !== "closed" && (
        <OpenSlip slip={slip} complete={complete} onReward={() => setRewarded(slip)} />
      )}
      {rewarded && (
        <RewardDialog
          playerId={rewarded.playerId}
          playerName={`${rewarded.player?.firstName ?? ""} ${rewarded.player?.lastName ?? ""}`}
          ratingSlipId={slip?.state === "closed" ? undefined : rewarded.ratingSlipId}
          onClose={() => setRewarded(undefined)}
        />
      )}
    </Drawer>
  );
}

export function placeOf(slip: SlipDetailsFragment): string {
  return [slip.table?.label, t("seat", { seat: String(slip.seatNo) }), slip.gameSettings?.name]
    .filter(Boolean)
    .join(" · ");
}

const skeletons = ["4rem", "7rem", "6rem"];

function SlipSkeleton() {
  return (
    <Loading what={t("loading")}>
      {skeletons.map((height) => (
        <DrawerSection key={height}>
          <Skeleton height={height} />
        </DrawerSection>
      ))}
    </Loading>
  );
}
