import { useSearchParams } from "react-router";
import { useMe } from "../../api/session.tsx";
import { Page } from "../../components/page.tsx";
import { Segmented } from "../../components/segmented.tsx";
import { words } from "../../words/words.ts";
import { OnlyFor } from "../shell/only-for.tsx";
import { Seals } from "../verification/seals.tsx";
import { AuditSearch } from "./audit-search.tsx";
import { Imports } from "./imports.tsx";
import { Jobs } from "./jobs.tsx";
import styles from "./operations.module.css";
import { Reconciliation } from "./reconciliation.tsx";

const t = words("operations");

const views = [
  { id: "reconciliation", can: "audit:view" },
  { id: "seals", can: "audit:view" },
  { id: "jobs", can: "audit:view" },
  { id: "imports", can: "import:run" },
  { id: "audit", can: "audit:view" },
] as const;

export function Operations() {
  return (
    <OnlyFor can="audit:view" title={t("title")} what={t("what")}>
      <OperationsView />
    </OnlyFor>
  );
}

/** Is it still true, what is under way, and who did what. */
function OperationsView() {
  const me = useMe();
  const [search, setSearch] = useSearchParams();
  const offered = views.filter(({ can }) => me.can(can));
  const shown = offered.find(({ id }) => id === search.get("view"))?.id ?? "reconciliation";
  return (
    <Page title={t("title")} narrow>
      <Segmented
        label={t("choose")}
        options={offered.map(({ id }) => ({ id, label: t(`views.${id}`) }))}
        value={shown}
        onChange={(view) => setSearch({ view })}
      />
      <div className={styles.stack}>
        {shown === "reconciliation" && <Reconciliation />}
        {shown === "seals" && <Seals />}
        {shown === "jobs" && <Jobs />}
        {shown === "imports" && <Imports />}
        {shown === "audit" && <AuditSearch />}
      </div>
    </Page>
  );
}
