import { Card } from "../../components/page.tsx";
import type { CaseLineFragment } from "../../generated/graphql.ts";
import { words } from "../../words/words.ts";
import styles from "./case-line.module.css";
import { CaseLines } from "./case-line.tsx";

const t = words("compliance");

interface CasesToFileProps {
  cases: readonly CaseLineFragment[];
  total: number;
}

/** What has to be done, of whatever gaming day: overdue cases first. */
export function CasesToFile({ cases, total }: CasesToFileProps) {
  if (cases.length === 0) return null;
  return (
    <Card
      title={t("toFile.title")}
      aside={<span className={styles.detail}>{t("toFile.count", { count: total })}</span>}
      padded={false}
      label={t("toFile.label")}
    >
      <CaseLines label={t("toFile.label")} cases={cases} />
    </Card>
  );
}
