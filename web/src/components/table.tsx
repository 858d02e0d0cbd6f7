import type { ReactNode } from "react";
import { cx } from "../lib/cx.ts";
import styles from "./table.module.css";

export interface TableColumn<Row> {
  name: string;
  of: (row: Row) => ReactNode;
  right?: boolean;
  /** Gives way where the table is narrow. */
  wide?: boolean;
  /** Below all rows, of which it is the sum. */
  total?: ReactNode;
}

interface SimpleTableProps<Row> {
  label: string;
  columns: readonly TableColumn<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  /** The name of the row of totals, which there is when this is given. */
  totalsName?: string;
}

/** Figures to read: the first column names the row. */
export function SimpleTable<Row>({ label, columns, rows, keyOf, totalsName }: SimpleTableProps<Row>) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be in the keyboard's reach
    <section className={styles.scroll} aria-label={label} tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            {columns.map(({ name, right, wide }) => (
              <th key={name} scope="col" className={cx(right && styles.right, wide && styles.wide)}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map(({ name, of, right, wide }, index) => {
                const className = cx(right && `${styles.right} numeric`, wide && styles.wide);
                return index === 0 ? (
                  <th key={name} scope="row" className={className}>
                    {of(row)}
                  </th>
                ) : (
                  <td key={name} className={className}>
                    {of(row)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
        {totalsName !== undefined && (
          <tfoot>
            <tr>
              {columns.map(({ name, total, right, wide }, index) => {
                const className = cx(right && `${styles.right} numeric`, wide && styles.wide);
                return index === 0 ? (
                  <th key={name} scope="row" className={className}>
                    {totalsName}
                  </th>
                ) : (
                  <td key={name} className={className}>
                    {total}
                  </td>
                );
              })}
            </tr>
          </tfoot>
        )}
      </table>
    </section>
  );
}
