import { ChartColumn, FileSpreadsheet } from "lucide-react";
import Papa from "papaparse";
import type { ReactNode } from "react";
import { Button } from "../../components/button.tsx";
import { ChartCard } from "../../components/chart-card.tsx";
import { Empty } from "../../components/empty.tsx";
import { Card } from "../../components/page.tsx";
import { SimpleTable, type TableColumn } from "../../components/table.tsx";
import { saveFile } from "../../lib/download.ts";
import { words } from "../../words/words.ts";
import styles from "./reports.module.css";

const t = words("reports");

export interface ReportColumn<Row> extends TableColumn<Row> {
  /** Its name in the CSV, which is for programs and the same in every language. */
  field: string;
  raw: (row: Row) => string | number | null | undefined;
}

interface ReportCardProps<Row> {
  title: string;
  /** Of the CSV, without its ending. */
  file: string;
  chart: ReactNode;
  columns: readonly ReportColumn<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  children?: ReactNode;
}

/** A report: its chart, the table behind it, and the same figures as a file. */
export function ReportCard<Row>({ title, file, chart, columns, rows, keyOf, children }: ReportCardProps<Row>) {
  if (rows.length === 0) {
    return (
      <Card title={title}>
        {children}
        <Empty icon={<ChartColumn size={22} />} title={t("nothing")}>
          {t("nothingWhy")}
        </Empty>
      </Card>
    );
  }
  const download = () =>
    saveFile(
      `${file}.csv`,
      new Blob(
        [
          "\uFEFF",
          Papa.unparse(
            {
              fields: columns.map((column) => column.field),
              data: rows.map((row) => columns.map((column) => column.raw(row))),
            },
            { escapeFormulae: true, newline: "\r\n" },
          ),
        ],
        { type: "text/csv;charset=utf-8" },
      ),
    );
  return (
    <ChartCard
      title={title}
      chart={chart}
      table={<SimpleTable label={title} rows={rows} keyOf={keyOf} columns={columns} />}
    >
      <div className={styles.bar}>
        {children}
        <Button icon={<FileSpreadsheet size={17} />} aria-label={t("csvOf", { title })} onPress={download}>
          {t("csv")}
        </Button>
      </div>
    </ChartCard>
  );
}
