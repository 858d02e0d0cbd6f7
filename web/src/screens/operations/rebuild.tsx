import { Wrench } from "lucide-react";
import { useState } from "react";
import { useCommand } from "../../api/command.ts";
import { Button } from "../../components/button.tsx";
import { CommandProblem } from "../../components/command-problem.tsx";
import { Dialog, DialogActions } from "../../components/dialog.tsx";
import { Notice, NoticeText } from "../../components/notice.tsx";
import { SimpleTable } from "../../components/table.tsx";
import { useRebuildLoyaltyMutation, useRebuildTotalsMutation } from "../../generated/graphql.ts";
import { isPresent } from "../../lib/present.ts";
import { words } from "../../words/words.ts";
import { usePlayerNames } from "../players/use-player-names.ts";
import { Compared, type Difference, What, Whose } from "./difference.tsx";

const t = words("operations");

interface RebuildProps {
  /** Reconciles, which proves that it holds. */
  onProve: () => void;
}

/** Repairs what is derived from the books, after a look at what it would change. */
export function Rebuild({ onProve }: RebuildProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon={<Wrench size={17} />} onPress={() => setOpen(true)}>
        {t("rebuild.open")}
      </Button>
      {open && (
        <RebuildDialog
          onClose={() => setOpen(false)}
          onProve={() => {
            setOpen(false);
            onProve();
          }}
        />
      )}
    </>
  );
}

function RebuildDialog({ onClose, onProve }: RebuildProps & { onClose: () => void }) {
  const { differences, looked, done, busy, unanswered, problems, run } = useRebuild();
  const found = looked && differences.length > 0;
  return (
    <Dialog title={t("rebuild.title")} subtitle={t("rebuild.about")} onClose={onClose} busy={busy} wide>
      {!looked && <p>{t("rebuild.first")}</p>}
      {looked && !found && (
        <Notice tone="good" title={t("rebuild.nothing")} live="status">
          <NoticeText>{t("rebuild.nothingWhy")}</NoticeText>
        </Notice>
      )}
      {found && (
        <>
          <Notice
            tone={done ? "good" : "warn"}
            title={t(done ? "rebuild.done" : "rebuild.would", { count: differences.length })}
            live="status"
          >
            <NoticeText>{t(done ? "rebuild.doneWhy" : "rebuild.wouldWhy")}</NoticeText>
          </Notice>
          <Differences differences={differences} />
        </>
      )}
      {problems}
      <DialogActions>
        <Button onPress={onClose} isDisabled={busy}>
          {t("close")}
        </Button>
        {done ? (
          <Button look="primary" onPress={onProve}>
            {t("reconciliation.now")}
          </Button>
        ) : (
          <Button
            look={found ? "secondary" : "primary"}
            isPending={busy}
            isDisabled={unanswered}
            onPress={() => void run(true)}
          >
            {t(looked ? "rebuild.lookAgain" : "rebuild.look")}
          </Button>
        )}
        {found && !done && (
          <Button look="primary" isPending={busy} isDisabled={unanswered} onPress={() => void run(false)}>
            {t("rebuild.apply")}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}

function Differences({ differences }: { differences: readonly Difference[] }) {
  const nameOf = usePlayerNames(differences.map((each) => each.playerId));
  return (
    <SimpleTable
      label={t("drift.title")}
      rows={differences}
      keyOf={(each) =>
        [each.playerId, each.patronId, each.gamingDay, each.entryNo, each.entryId, each.what, each.expected].join(":")
      }
      columns={[
        { name: t("drift.whose"), of: (each) => <Whose difference={each} nameOf={nameOf} /> },
        { name: t("drift.what"), of: (each) => <What difference={each} /> },
        { name: t("drift.expected"), of: (each) => <Compared value={each.expected} /> },
        { name: t("drift.actual"), of: (each) => <Compared value={each.actual} /> },
      ]}
    />
  );
}

/** Standings, then the totals of cash and what follows from them; one that is refused doesn't stop the other. */
function useRebuild() {
  const [, executeLoyalty] = useRebuildLoyaltyMutation();
  const [, executeTotals] = useRebuildTotalsMutation();
  const loyalty = useCommand(executeLoyalty, (answer) => answer.rebuildLoyalty?.loyaltyRebuild);
  const totals = useCommand(executeTotals, (answer) => answer.rebuildTotals?.totalsRebuild);
  const [dryRun, setDryRun] = useState(true);
  const run = async (dry: boolean) => {
    setDryRun(dry);
    await loyalty.send({ dryRun: dry });
    await totals.send({ dryRun: dry });
  };
  const differences: Difference[] = [
    ...(loyalty.result?.differences?.filter(isPresent) ?? []),
    ...(totals.result?.differences?.filter(isPresent) ?? []),
  ];
  const results = [loyalty.result, totals.result];
  const again = () => void run(dryRun);
  return {
    differences,
    looked: results.every(isPresent),
    done: results.every((result) => result?.dryRun === false),
    busy: loyalty.busy || totals.busy,
    unanswered: [loyalty.state, totals.state].includes("unanswered"),
    run,
    problems: (
      <>
        <CommandProblem status={loyalty} onRetry={again} />
        <CommandProblem status={totals} onRetry={again} />
      </>
    ),
  };
}
