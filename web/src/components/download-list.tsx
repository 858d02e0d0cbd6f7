import { FileSpreadsheet } from "lucide-react";
import { useState } from "react";
import { type Client, type CombinedError, useClient } from "urql";
import { toProblem } from "../api/errors.ts";
import { type CsvColumn, saveCsv } from "../lib/csv.ts";
import { Button } from "./button.tsx";
import { Dialog } from "./dialog.tsx";
import { ProblemNotice } from "./notice.tsx";

/** As many rows as the server gives at once. */
export const AT_ONCE = 100;

interface Part<Row> {
  error?: CombinedError | undefined;
  list: { nodes: readonly (Row | null)[]; pageInfo: { hasNextPage: boolean } } | null | undefined;
}

interface DownloadListProps<Row> {
  label: string;
  /** What the dialog says when it didn't work. */
  failed: string;
  /** Of the CSV, without its ending. */
  file: string;
  columns: readonly CsvColumn<Row>[];
  /** Of the property: its clock is the one that instants are told by. */
  timezone: string;
  /** The next rows, at most AT_ONCE, from this place on. */
  read: (client: Client, offset: number) => Promise<Part<Row>>;
}

/** A whole list as a CSV, not only the page that is shown. */
export function DownloadList<Row>({ label, failed, file, columns, timezone, read }: DownloadListProps<Row>) {
  const client = useClient();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<CombinedError>();

  const download = async () => {
    setBusy(true);
    setError(undefined);
    const rows: Row[] = [];
    for (let more = true; more; ) {
      const { error: failure, list } = await read(client, rows.length);
      if (failure) {
        setError(failure);
        setBusy(false);
        return;
      }
      rows.push(...(list?.nodes.filter((row) => row !== null) ?? []));
      more = list?.pageInfo.hasNextPage ?? false;
    }
    saveCsv(file, columns, rows, timezone);
    setBusy(false);
  };

  return (
    <>
      <Button icon={<FileSpreadsheet size={17} />} isPending={busy} onPress={() => void download()}>
        {label}
      </Button>
      {error && (
        <Dialog title={failed} onClose={() => setError(undefined)}>
          <ProblemNotice problem={toProblem(error)} onRetry={() => void download()} />
        </Dialog>
      )}
    </>
  );
}
