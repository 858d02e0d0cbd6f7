import { Download } from "lucide-react";
import { useState } from "react";
import { useClient } from "urql";
import { type Problem, toProblem } from "../../api/errors.ts";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { ProblemNotice } from "../../components/notice.tsx";
import { DaysToFileDocument } from "../../generated/graphql.ts";
import { words } from "../../words/words.ts";
import { ExportDialog } from "../ctr-case/export-dialog.tsx";

const t = words("compliance");

interface Asked {
  first: string;
  last: string;
  problem: Problem | undefined;
}

/** The file for FinCEN, with the days that have something to file when it is asked for. */
export function CtrFile({ day }: { day: string }) {
  const client = useClient();
  const [asking, setAsking] = useState(false);
  const [asked, setAsked] = useState<Asked>();

  const ask = async () => {
    setAsking(true);
    const { data, error } = await client
      .query(DaysToFileDocument, { gamingDay: day }, { requestPolicy: "network-only" })
      .toPromise();
    setAsking(false);
    setAsked({
      first: data?.daysToFile?.firstDay ?? "",
      last: data?.daysToFile?.lastDay ?? "",
      problem: error && toProblem(error),
    });
  };
  const close = () => setAsked(undefined);

  return (
    <>
      <Button icon={<Download size={17} />} isPending={asking} onPress={() => void ask()}>
        {t("ctrFile")}
      </Button>
      {asked?.problem && (
        <Dialog title={t("ctrFile")} onClose={close} busy={asking}>
          <ProblemNotice problem={asked.problem} onRetry={() => void ask()} />
        </Dialog>
      )}
      {asked && !asked.problem && <ExportDialog first={asked.first} last={asked.last} onClose={close} />}
    </>
  );
}
