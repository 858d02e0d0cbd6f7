import { Card } from "../../components/page.tsx";
import type { CaseLineFragment } from "../../generated/graphql.ts";
import { formatCount } from "../../lib/format.ts";
import styles from "./case-line.module.css";
import { CaseLines } from "./case-line.tsx";

interface CasesToFileProps {
  cases: readonly CaseLineFragment[];
  total: number;
}

/** What has to be done, of whatever gaming day: overdue cases first. */
export function CasesToFile({ cases, total }: CasesToFileProps) {
  if (cases.length === 0) return null;
  return (
    <Card
      title="To be filed"
      aside={<span className={styles.detail}>{total === 1 ? "1 case" : `${formatCount(total)} cases`}</span>}
      padded={false}
      label="Cases to be filed"
    >
      <CaseLines label="Cases to be filed" cases={cases} />
    </Card>
  );
}
