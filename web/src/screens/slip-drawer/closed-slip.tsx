import type { Command } from "../../api/command.ts";
import { Button } from "../../components/button.tsx";
import { CommandProblem } from "../../components/command-problem.tsx";
import { DrawerSection } from "../../components/drawer.tsx";
import { Notice, NoticeText } from "../../components/notice.tsx";
import type { SlipCompletionFragment, SlipDetailsFragment } from "../../generated/graphql.ts";
import { words } from "../../words/words.ts";
import { SlipFigures } from "./slip-figures.tsx";

const t = words("slipDrawer");

interface ClosedSlipProps {
  slip: SlipDetailsFragment;
  complete: Command<{ ratingSlipId: string }, SlipCompletionFragment>;
  mayRate: boolean;
}

/** A slip that was closed before: completing it again gives the result of then. */
export function ClosedSlip({ slip, complete, mayRate }: ClosedSlipProps) {
  const show = () => void complete.send({ ratingSlipId: slip.ratingSlipId });
  return (
    <>
      <DrawerSection>
        <SlipFigures slip={slip} />
      </DrawerSection>
      <DrawerSection>
        <Notice title={t("closed.title")} live="status">
          <NoticeText>{t("closed.text")}</NoticeText>
        </Notice>
        <CommandProblem status={complete} onRetry={show} />
        {mayRate && complete.state !== "unanswered" && (
          <Button wide isPending={complete.busy} onPress={show}>
            {t("closed.show")}
          </Button>
        )}
      </DrawerSection>
    </>
  );
}
