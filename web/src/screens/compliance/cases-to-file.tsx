import { Badge } from "../../components/badge.tsx";
import { Card } from "../../components/page.tsx";
import type { CaseLineFragment } from "../../generated/graphql.ts";
import { words } from "../../words/words.ts";
import styles from "./case-line.module.css";
import { CaseLines } from "./case-line.tsx";
import { useDueNotices } from "./use-due-notices.ts";

const t = words("compliance");

interface CasesToFileProps {
  cases: readonly CaseLineFragment[];
  total: number;
}

/** What has to be done, of whatever gaming day: overdue cases first. */
export function CasesToFile({ cases, total }: CasesToFileProps) {
  const notices = useDueNotices(cases);
  if (cases.length === 0) return null;
  const noticed = (kind: string) => [...notices.values()].filter(({ notice }) => notice === kind).length;
  const [overdue, near] = [noticed("overdue"), noticed("near")];
  return (
    <Card
      title={t("toFile.title")}
      aside={
        <span className={styles.badges}>
          {overdue > 0 && <Badge tone="bad">{t("toFile.overdue", { count: overdue })}</Badge>}
          {near > 0 && <Badge tone="warn">{t("toFile.near", { count: near })}</Badge>}
          <span className={styles.detail}>{t("toFile.count", { count: total })}</span>
        </span>
      }
      padded={false}
      label={t("toFile.label")}
    >
      <CaseLines label={t("toFile.label")} cases={cases} notices={notices} />
    </Card>
  );
}
