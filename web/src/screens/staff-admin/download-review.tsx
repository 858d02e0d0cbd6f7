import { useMe } from "../../api/session.tsx";
import { AT_ONCE, DownloadList } from "../../components/download-list.tsx";
import {
  type AccessLineFragment,
  AccessReviewDocument,
  type AccessReviewQuery,
  type AccessReviewQueryVariables,
} from "../../generated/graphql.ts";
import type { CsvColumn } from "../../lib/csv.ts";
import { term } from "../../words/term.ts";
import { words } from "../../words/words.ts";

const t = words("staffAdmin");

/** In the database's own codes, and at the end what the screen calls the capability. */
const columns: readonly CsvColumn<AccessLineFragment>[] = [
  { field: "username", raw: (line) => line.username },
  { field: "name", raw: (line) => line.displayName },
  { field: "role", raw: (line) => line.role },
  { field: "active", raw: (line) => (line.active ? "yes" : "no") },
  { field: "capability", raw: (line) => line.capability },
  { field: "source", raw: (line) => line.source },
  { field: "held", raw: (line) => (line.held ? "yes" : "no") },
  { field: "reason", raw: (line) => line.reason },
  { field: "given_by", raw: (line) => line.givenByName },
  { field: "since", raw: (line) => line.since, isInstant: true },
  { field: "capability_in_words", raw: (line) => term("capability", line.capability ?? "") },
];

/** The whole review, not only the page that is shown. */
export function DownloadReview() {
  const me = useMe();
  return (
    <DownloadList
      label={t("review.csv")}
      failed={t("review.failed")}
      file={`access-review-${me.gamingDay}`}
      columns={columns}
      timezone={me.timezone}
      read={async (client, offset) => {
        const { data, error } = await client
          .query<AccessReviewQuery, AccessReviewQueryVariables>(
            AccessReviewDocument,
            { capability: null, first: AT_ONCE, offset },
            { requestPolicy: "network-only" },
          )
          .toPromise();
        return { error, list: data?.accessReview };
      }}
    />
  );
}
