import { useMe } from "../../api/session.tsx";
import { AT_ONCE, DownloadList } from "../../components/download-list.tsx";
import {
  type LoggedEntryFragment,
  type MtlLogFilter,
  MtlLogPageDocument,
  type MtlLogPageQuery,
  type MtlLogPageQueryVariables,
} from "../../generated/graphql.ts";
import type { CsvColumn } from "../../lib/csv.ts";
import { words } from "../../words/words.ts";

const t = words("mtlLog");

/** In the database's own codes; whoever may not review gets no totals. */
function columnsFor(totals: boolean): CsvColumn<LoggedEntryFragment>[] {
  return [
    { field: "gaming_day", raw: (entry) => entry.gamingDay },
    { field: "occurred_at", raw: (entry) => entry.occurredAt, isInstant: true },
    { field: "recorded_at", raw: (entry) => entry.createdAt, isInstant: true },
    { field: "entry_id", raw: (entry) => entry.entryId },
    { field: "entry_role", raw: (entry) => entry.entryRole },
    { field: "counts", raw: (entry) => (entry.isLive ? "yes" : "no") },
    { field: "patron", raw: (entry) => entry.personName },
    { field: "card_no", raw: (entry) => entry.cardNo },
    { field: "description", raw: (entry) => entry.description },
    { field: "agent", raw: (entry) => entry.agentName },
    { field: "direction", raw: (entry) => entry.direction },
    { field: "kind", raw: (entry) => entry.kind },
    // What an offset takes away is below zero, so that the column adds up.
    { field: "amount", raw: ({ amount, entryRole }) => `${entryRole === "offset" ? "-" : ""}${amount ?? ""}` },
    { field: "tender", raw: (entry) => entry.tender },
    { field: "foreign_currency", raw: (entry) => entry.foreignCurrency },
    { field: "area", raw: (entry) => entry.area },
    { field: "table", raw: (entry) => entry.tableLabel },
    { field: "window", raw: (entry) => entry.windowNo },
    ...(totals
      ? [
          { field: "badge", raw: (entry: LoggedEntryFragment) => entry.badge },
          { field: "cash_in_after", raw: (entry: LoggedEntryFragment) => entry.cashInAfter },
          { field: "cash_out_after", raw: (entry: LoggedEntryFragment) => entry.cashOutAfter },
        ]
      : []),
    { field: "staff", raw: (entry) => entry.staffName },
    { field: "reason", raw: (entry) => entry.reason },
    { field: "note", raw: (entry) => entry.note },
  ];
}

interface DownloadLogProps {
  filter: MtlLogFilter;
  /** Of the CSV, without its ending. */
  file: string;
  totals: boolean;
}

/** Every entry that the log has for its filter, in order of time; not only the page that is shown. */
export function DownloadLog({ filter, file, totals }: DownloadLogProps) {
  const me = useMe();
  return (
    <DownloadList
      label={t("csv.make")}
      failed={t("csv.failed")}
      file={file}
      columns={columnsFor(totals)}
      timezone={me.timezone}
      read={async (client, offset) => {
        const { data, error } = await client
          .query<MtlLogPageQuery, MtlLogPageQueryVariables>(
            MtlLogPageDocument,
            { filter, first: AT_ONCE, offset },
            { requestPolicy: "network-only" },
          )
          .toPromise();
        return { error, list: data?.mtlLogs };
      }}
    />
  );
}
