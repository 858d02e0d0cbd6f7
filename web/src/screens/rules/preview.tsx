import { useState } from "react";
import { useMe } from "../../api/session.tsx";
import { DayPicker } from "../../components/day-field.tsx";
import { QueryProblem } from "../../components/notice.tsx";
import { Card } from "../../components/page.tsx";
import { Loading, Skeleton } from "../../components/skeleton.tsx";
import { SimpleTable } from "../../components/table.tsx";
import { Tier } from "../../components/tier.tsx";
import { useRulesPreviewQuery } from "../../generated/graphql.ts";
import { addDays } from "../../lib/days.ts";
import { formatDate, formatPoints } from "../../lib/format.ts";
import { howMany } from "../../lib/how-many.ts";
import { isPresent } from "../../lib/present.ts";
import { words } from "../../words/words.ts";
import styles from "./rules.module.css";

const t = words("rules");

/** What a past period would have cost: priced anew by the database, slip by slip. */
export function Preview({ draftId }: { draftId: string }) {
  const me = useMe();
  const [first, setFirst] = useState(() => addDays(me.gamingDay, -6));
  const [last, setLast] = useState(me.gamingDay);
  const [{ data, error, fetching, stale }, refetch] = useRulesPreviewQuery({
    variables: { firstDay: first, lastDay: last, loyaltyDraftId: draftId },
    requestPolicy: "cache-and-network",
  });
  const preview = data?.previewRules;
  const lines = preview?.lines?.filter(isPresent) ?? [];

  return (
    <Card title={t("preview.title")} padded={false} label={t("preview.title")}>
      <div className={styles.period}>
        <DayPicker label={t("preview.first")} value={first} last={me.gamingDay} onChange={setFirst} />
        <span aria-hidden="true">–</span>
        <DayPicker label={t("preview.last")} value={last} last={me.gamingDay} onChange={setLast} />
      </div>
      {error && (
        <div className={styles.pad}>
          <QueryProblem error={error} onRetry={() => refetch({ requestPolicy: "network-only" })} />
        </div>
      )}
      {!preview && fetching && (
        <div className={styles.pad}>
          <Loading what={t("preview.loading")}>
            <Skeleton height="10rem" />
          </Loading>
        </div>
      )}
      {preview && !error && (
        <div aria-busy={fetching || stale}>
          <p className={styles.sentence} role="status">
            {t(preview.previewed === preview.awarded ? "preview.costSame" : "preview.cost", {
              from: formatDate(preview.firstDay ?? first),
              to: formatDate(preview.lastDay ?? last),
              previewed: formatPoints(preview.previewed ?? "0"),
              awarded: formatPoints(preview.awarded ?? "0"),
              count: howMany(preview.previewed),
            })}
          </p>
          {lines.length === 0 ? (
            <p className={styles.none}>{t("preview.none")}</p>
          ) : (
            <SimpleTable
              label={t("preview.label")}
              rows={lines}
              keyOf={(line) => `${line.game}:${line.tier}`}
              totalsName={t("preview.all")}
              columns={[
                { name: t("preview.game"), of: (line) => line.gameName },
                { name: t("tier"), of: (line) => line.tier && <Tier tier={line.tier} /> },
                {
                  name: t("preview.slips"),
                  right: true,
                  of: (line) => formatPoints(line.slips ?? "0"),
                  total: formatPoints(preview.slips ?? "0"),
                },
                {
                  name: t("preview.awarded"),
                  right: true,
                  of: (line) => formatPoints(line.awarded ?? "0"),
                  total: formatPoints(preview.awarded ?? "0"),
                },
                {
                  name: t("preview.withDraft"),
                  right: true,
                  of: (line) => <strong>{formatPoints(line.previewed ?? "0")}</strong>,
                  total: formatPoints(preview.previewed ?? "0"),
                },
              ]}
            />
          )}
        </div>
      )}
    </Card>
  );
}
