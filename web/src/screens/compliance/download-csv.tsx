import { FileSpreadsheet } from "lucide-react";
import { useState } from "react";
import { type CombinedError, useClient } from "urql";
import { toProblem } from "../../api/errors.ts";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { ProblemNotice } from "../../components/notice.tsx";
import {
  type PatronDayRowFragment,
  PatronDaysPageDocument,
  type PatronDaysPageQuery,
  type PatronDaysPageQueryVariables,
} from "../../generated/graphql.ts";
import { saveFile } from "../../lib/download.ts";
import { words } from "../../words/words.ts";
import { isPresent } from "../pit-board/board.ts";
import { toCsv } from "./csv.ts";
import { type Filters, toPatronDayFilter, toPatronDayOrder } from "./filters.ts";

const t = words("compliance");

const AT_ONCE = 100;

/** Every patron-day that fits the filters, not only the page that is shown. */
export function DownloadCsv({ filters }: { filters: Filters }) {
  const client = useClient();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<CombinedError>();

  const download = async () => {
    setBusy(true);
    setError(undefined);
    const variables = { filter: toPatronDayFilter(filters), orderBy: toPatronDayOrder(filters), first: AT_ONCE };
    const rows: PatronDayRowFragment[] = [];
    for (let more = true; more; ) {
      const answer = await client
        .query<PatronDaysPageQuery, PatronDaysPageQueryVariables>(
          PatronDaysPageDocument,
          { ...variables, offset: rows.length },
          { requestPolicy: "network-only" },
        )
        .toPromise();
      if (answer.error) {
        setError(answer.error);
        setBusy(false);
        return;
      }
      const page = answer.data?.patronDays;
      rows.push(...(page?.nodes.filter(isPresent) ?? []));
      more = page?.pageInfo.hasNextPage ?? false;
    }
    // The mark tells spreadsheets that it is UTF-8.
    saveFile(`patron-days-${filters.day}.csv`, new Blob(["\uFEFF", toCsv(rows)], { type: "text/csv;charset=utf-8" }));
    setBusy(false);
  };

  return (
    <>
      <Button icon={<FileSpreadsheet size={17} />} isPending={busy} onPress={() => void download()}>
        {t("csv.make")}
      </Button>
      {error && (
        <Dialog title={t("csv.failed")} onClose={() => setError(undefined)}>
          <ProblemNotice problem={toProblem(error)} onRetry={() => void download()} />
        </Dialog>
      )}
    </>
  );
}
