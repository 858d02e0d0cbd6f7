import { UserX } from "lucide-react";
import { useSearchParams } from "react-router";
import { Empty } from "../../components/empty.tsx";
import { QueryProblem } from "../../components/notice.tsx";
import { Card } from "../../components/page.tsx";
import { Picker } from "../../components/picker.tsx";
import { Loading, Skeleton } from "../../components/skeleton.tsx";
import { useAccessReviewQuery } from "../../generated/graphql.ts";
import { isPresent } from "../../lib/present.ts";
import { term } from "../../words/term.ts";
import { words } from "../../words/words.ts";
import { AccessTable } from "./access-table.tsx";
import styles from "./staff-admin.module.css";
import { useAssignable } from "./use-assignable.ts";

const t = words("staffAdmin");

/** One capability, and everybody who has it. */
export function WhoCan() {
  const [search, setSearch] = useSearchParams();
  const { capabilities } = useAssignable();
  const chosen = search.get("capability") ?? "";
  const capability = capabilities.includes(chosen) ? chosen : (capabilities[0] ?? "");
  const [{ data, error, fetching }, refetch] = useAccessReviewQuery({
    variables: { capability, first: 100, offset: 0 },
    pause: capability === "",
    requestPolicy: "cache-and-network",
  });
  const holders = data?.accessReview?.nodes.filter(isPresent).filter((line) => line.held);
  return (
    <Card padded={false}>
      <div className={styles.filters}>
        <Picker
          label={t("who.label")}
          options={capabilities.map((id) => ({ id, label: term("capability", id) }))}
          value={capability}
          onChange={(next) => setSearch({ show: "who", capability: next })}
        />
      </div>
      {error && <QueryProblem error={error} onRetry={() => refetch({ requestPolicy: "network-only" })} />}
      {!holders && (fetching || capability === "") && (
        <Loading what={t("people.loading")}>
          <div className={styles.padded}>
            <Skeleton height="12rem" />
          </div>
        </Loading>
      )}
      {holders?.length === 0 && <Empty icon={<UserX size={22} />} title={t("who.nobody")} />}
      {holders && holders.length > 0 && (
        <AccessTable
          label={t("who.answer", { capability: term("capability", capability) })}
          lines={holders}
          ofOneCapability
        />
      )}
    </Card>
  );
}
