import { ChartColumn, FileSpreadsheet } from "lucide-react";
import type { ReactNode } from "react";
import { useMe } from "../../api/session.tsx";
import { Button } from "../../components/button.tsx";
import { ChartCard } from "../../components/chart-card.tsx";
import { Empty } from "../../components/empty.tsx";
import { Card } from "../../components/page.tsx";
import { SimpleTable, type TableColumn } from "../../components/table.tsx";
import { type CsvColumn, saveCsv } from "../../lib/csv.ts";
import { words } from "../../words/words.ts";
import styles from "./reports.module.css";

const t = words("reports");

/** A column of the table and of the CSV. */
export interface ReportColumn<Row> extends TableColumn<Row>, CsvColumn<Row> {}

interface ReportCardProps<Row> {
  title: string;
  /** Of the CSV, without its ending. */
  file: string;
  chart: ReactNode;
  columns: readonly ReportColumn<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  /** Above the chart: what it leaves out. */
  note?: string | undefined;
}

/** A report: its chart, the table behind it, and the same figures as a file. */
export function ReportCard<Row>({ title, file, chart, columns, rows, keyOf, note }: ReportCardProps<Row>) {
  const me = useMe();
  if (rows.length === 0) {
    return (
      <Card title={title}>
        <Empty icon={<ChartColumn size={22} />} title={t("nothing")}>
          {t("nothingWhy")}
        </Empty>
      </Card>
    );
  }
  return (
    <ChartCard
      title={title}
      chart={chart}
      table={<SimpleTable label={title} rows={rows} keyOf={keyOf} columns={columns} />}
      aside={
        <Button
          icon={<FileSpreadsheet size={17} />}
          aria-label={t("csvOf", { title })}
          onPress={() => saveCsv(file, columns, rows, me.timezone)}
        >
          {t("csv")}
        </Button>
      }
    >
      {note && <p className={styles.note}>{note}</p>}
    </ChartCard>
  );
}
