import { useMe } from "../../api/session.tsx";
import { AT_ONCE, DownloadList } from "../../components/download-list.tsx";
import {
  type PatronDayRowFragment,
  PatronDaysPageDocument,
  type PatronDaysPageQuery,
  type PatronDaysPageQueryVariables,
} from "../../generated/graphql.ts";
import type { CsvColumn } from "../../lib/csv.ts";
import { words } from "../../words/words.ts";
import { type Filters, toPatronDayFilter, toPatronDayOrder } from "./filters.ts";

const t = words("compliance");

const columns: readonly CsvColumn<PatronDayRowFragment>[] = [
  { field: "gaming_day", raw: (row) => row.gamingDay },
  { field: "patron", raw: (row) => row.name },
  { field: "card_no", raw: (row) => row.cardNo },
  { field: "description", raw: (row) => row.description },
  { field: "cash_in", raw: (row) => row.cashIn },
  { field: "entries_in", raw: (row) => row.entriesIn },
  { field: "badge_in", raw: (row) => row.badgeIn },
  { field: "cash_out", raw: (row) => row.cashOut },
  { field: "entries_out", raw: (row) => row.entriesOut },
  { field: "badge_out", raw: (row) => row.badgeOut },
  { field: "areas", raw: (row) => row.areas?.join(" ") ?? "" },
  { field: "ctr_state", raw: (row) => row.caseState },
  { field: "ctr_due_on", raw: (row) => row.dueOn },
];

/** Every patron-day that fits the filters, not only the page that is shown. */
export function DownloadCsv({ filters }: { filters: Filters }) {
  const me = useMe();
  return (
    <DownloadList
      label={t("csv.make")}
      failed={t("csv.failed")}
      file={`patron-days-${filters.day}`}
      columns={columns}
      timezone={me.timezone}
      read={async (client, offset) => {
        const { data, error } = await client
          .query<PatronDaysPageQuery, PatronDaysPageQueryVariables>(
            PatronDaysPageDocument,
            { filter: toPatronDayFilter(filters), orderBy: toPatronDayOrder(filters), first: AT_ONCE, offset },
            { requestPolicy: "network-only" },
          )
          .toPromise();
        return { error, list: data?.patronDays };
      }}
    />
  );
}
