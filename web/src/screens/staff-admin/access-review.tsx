import { useSearchParams } from "react-router";
import { QueryProblem } from "../../components/notice.tsx";
import { Card } from "../../components/page.tsx";
import { Pager } from "../../components/pager.tsx";
import { Loading, Skeleton } from "../../components/skeleton.tsx";
import { useAccessReviewQuery } from "../../generated/graphql.ts";
import { pageIn } from "../../lib/page-in.ts";
import { isPresent } from "../../lib/present.ts";
import { words } from "../../words/words.ts";
import { AccessTable } from "./access-table.tsx";
import { DownloadReview } from "./download-review.tsx";
import styles from "./staff-admin.module.css";

const t = words("staffAdmin");

const PAGE = 50;

/** Every person with every capability, for the review that somebody signs. */
export function AccessReview() {
  const [search, setSearch] = useSearchParams();
  const page = pageIn(search);
  const [{ data, error, fetching }, refetch] = useAccessReviewQuery({
    variables: { capability: null, first: PAGE, offset: (page - 1) * PAGE },
    requestPolicy: "cache-and-network",
  });
  const review = data?.accessReview;
  return (
    <Card title={t("views.review")} aside={<DownloadReview />} padded={false}>
      <p className={styles.note}>{t("review.what")}</p>
      {error && <QueryProblem error={error} onRetry={() => refetch({ requestPolicy: "network-only" })} />}
      {!review && fetching && (
        <Loading what={t("review.loading")}>
          <div className={styles.padded}>
            <Skeleton height="20rem" />
          </div>
        </Loading>
      )}
      {review && (
        <>
          <AccessTable label={t("views.review")} lines={review.nodes.filter(isPresent)} />
          <Pager
            page={page}
            size={PAGE}
            total={review.totalCount}
            onPage={(next) => setSearch({ show: "review", page: String(next) })}
          />
        </>
      )}
    </Card>
  );
}
