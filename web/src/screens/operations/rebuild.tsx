import { Wrench } from "lucide-react";
import { useState } from "react";
import { useCommand } from "../../api/command.ts";
import { Button } from "../../components/button.tsx";
import { CommandProblem } from "../../components/command-problem.tsx";
import { Dialog, DialogActions } from "../../components/dialog.tsx";
import { Notice, NoticeText } from "../../components/notice.tsx";
import { SimpleTable } from "../../components/table.tsx";
import { useRebuildLoyaltyMutation, useRebuildTotalsMutation } from "../../generated/graphql.ts";
import { words } from "../../words/words.ts";
import { isPresent } from "../pit-board/board.ts";
import styles from "./operations.module.css";

const t = words("operations");

/** Repairs what is derived from the books, after a look at what it would change. */
export function Rebuild() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon={<Wrench size={17} />} onPress={() => setOpen(true)}>
        {t("rebuild.open")}
      </Button>
      {open && <RebuildDialog onClose={() => setOpen(false)} />}
    </>
  );
}

interface Difference {
  whose: string;
  what: string;
  expected: string;
  actual: string;
}

function RebuildDialog({ onClose }: { onClose: () => void }) {
  const [, executeLoyalty] = useRebuildLoyaltyMutation();
  const [, executeTotals] = useRebuildTotalsMutation();
  const loyalty = useCommand(executeLoyalty, (answer) => answer.rebuildLoyalty?.loyaltyRebuild);
  const totals = useCommand(executeTotals, (answer) => answer.rebuildTotals?.totalsRebuild);
  const busy = loyalty.busy || totals.busy;
  const looked = loyalty.result !== undefined && totals.result !== undefined;
  const run = async (dryRun: boolean) => {
    const standings = await loyalty.send({ dryRun });
    if (standings) await totals.send({ dryRun });
  };
  const differences: Difference[] = [
    ...(loyalty.result?.differences ?? []).filter(isPresent).map((each) => ({ ...each, whose: each.playerId })),
    ...(totals.result?.differences ?? []).filter(isPresent).map((each) => ({
      ...each,
      whose: `${each.patronId} ${each.gamingDay ?? ""}`,
    })),
  ].map(({ whose, what, expected, actual }) => ({
    whose: whose ?? "",
    what: what ?? "",
    expected: expected ?? "–",
    actual: actual ?? "–",
  }));
  const done = looked && loyalty.result?.dryRun === false && totals.result?.dryRun === false;

  return (
    <Dialog title={t("rebuild.title")} subtitle={t("rebuild.about")} onClose={onClose} busy={busy} wide>
      {looked && differences.length === 0 && (
        <Notice tone="good" title={t("rebuild.nothing")} live="status">
          <NoticeText>{t("rebuild.nothingWhy")}</NoticeText>
        </Notice>
      )}
      {looked && differences.length > 0 && (
        <>
          <Notice
            tone={done ? "good" : "warn"}
            title={t(done ? "rebuild.done" : "rebuild.would", { count: differences.length })}
            live="status"
          />
          <SimpleTable
            label={t("drift.title")}
            rows={differences}
            keyOf={(each) => `${each.whose}:${each.what}:${each.expected}`}
            columns={[
              { name: t("drift.whose"), of: (each) => <code className={styles.code}>{each.whose}</code> },
              { name: t("drift.what"), of: (each) => <code className={styles.code}>{each.what}</code> },
              { name: t("drift.expected"), of: (each) => <code className={styles.code}>{each.expected}</code> },
              { name: t("drift.actual"), of: (each) => <code className={styles.code}>{each.actual}</code> },
            ]}
          />
        </>
      )}
      <CommandProblem status={loyalty} onRetry={() => void loyalty.retry()} />
      <CommandProblem status={totals} onRetry={() => void totals.retry()} />
      <DialogActions>
        <Button onPress={onClose} isDisabled={busy}>
          {t("close")}
        </Button>
        <Button isPending={busy} onPress={() => void run(true)}>
          {t("rebuild.look")}
        </Button>
        {looked && differences.length > 0 && !done && (
          <Button look="primary" isPending={busy} onPress={() => void run(false)}>
            {t("rebuild.apply")}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}
