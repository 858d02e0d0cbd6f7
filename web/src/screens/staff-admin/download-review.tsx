import { FileSpreadsheet } from "lucide-react";
import { useState } from "react";
import { type CombinedError, useClient } from "urql";
import { toProblem } from "../../api/errors.ts";
import { useMe } from "../../api/session.tsx";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { ProblemNotice } from "../../components/notice.tsx";
import {
  type AccessLineFragment,
  AccessReviewDocument,
  type AccessReviewQuery,
  type AccessReviewQueryVariables,
} from "../../generated/graphql.ts";
import { saveFile } from "../../lib/download.ts";
import { words } from "../../words/words.ts";
import { isPresent } from "../pit-board/board.ts";
import { toCsv } from "./csv.ts";

const t = words("staffAdmin");

const AT_ONCE = 100;

/** The whole review, not only the page that is shown. */
export function DownloadReview() {
  const me = useMe();
  const client = useClient();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<CombinedError>();

  const download = async () => {
    setBusy(true);
    setError(undefined);
    const lines: AccessLineFragment[] = [];
    for (let more = true; more; ) {
      const answer = await client
        .query<AccessReviewQuery, AccessReviewQueryVariables>(
          AccessReviewDocument,
          { capability: null, first: AT_ONCE, offset: lines.length },
          { requestPolicy: "network-only" },
        )
        .toPromise();
      if (answer.error) {
        setError(answer.error);
        setBusy(false);
        return;
      }
      const page = answer.data?.accessReview;
      lines.push(...(page?.nodes.filter(isPresent) ?? []));
      more = page?.pageInfo.hasNextPage ?? false;
    }
    // The mark tells spreadsheets that it is UTF-8.
    saveFile(
      `access-review-${me.gamingDay}.csv`,
      new Blob(["\uFEFF", toCsv(lines)], { type: "text/csv;charset=utf-8" }),
    );
    setBusy(false);
  };

  return (
    <>
      <Button icon={<FileSpreadsheet size={17} />} isPending={busy} onPress={() => void download()}>
        {t("review.csv")}
      </Button>
      {error && (
        <Dialog title={t("review.failed")} onClose={() => setError(undefined)}>
          <ProblemNotice problem={toProblem(error)} onRetry={() => void download()} />
        </Dialog>
      )}
    </>
  );
}
