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
import { formatPoints } from "../../lib/format.ts";
import { isPresent } from "../pit-board/board.ts";
import styles from "./rules.module.css";

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
    <Card title="Preview" padded={false} label="Preview">
      <div className={styles.period}>
        <DayPicker label="First gaming day" value={first} last={me.gamingDay} onChange={setFirst} />
        <span aria-hidden="true">–</span>
        <DayPicker label="Last gaming day" value={last} last={me.gamingDay} onChange={setLast} />
      </div>
      {error && (
        <div className={styles.pad}>
          <QueryProblem error={error} onRetry={() => refetch({ requestPolicy: "network-only" })} />
        </div>
      )}
      {!preview && fetching && (
        <div className={styles.pad}>
          <Loading what="the preview">
            <Skeleton height="10rem" />
          </Loading>
        </div>
      )}
      {preview && !error && (
        <div aria-busy={fetching || stale}>
          <p className={styles.sentence} role="status">
            {preview.sentence}
          </p>
          {lines.length === 0 ? (
            <p className={styles.none}>No slip was closed in these gaming days.</p>
          ) : (
            <SimpleTable
              label="Preview by game and tier"
              rows={lines}
              keyOf={(line) => `${line.game}:${line.tier}`}
              columns={[
                { name: "Game", of: (line) => line.gameName },
                { name: "Tier", of: (line) => line.tier && <Tier tier={line.tier} /> },
                { name: "Slips", right: true, of: (line) => formatPoints(line.slips ?? "0") },
                { name: "Awarded", right: true, of: (line) => formatPoints(line.awarded ?? "0") },
                {
                  name: "With the draft",
                  right: true,
                  of: (line) => <strong>{formatPoints(line.previewed ?? "0")}</strong>,
                },
              ]}
              foot={
                <tr>
                  <th scope="row" colSpan={2}>
                    All
                  </th>
                  <td className={`${styles.total} numeric`}>{formatPoints(preview.slips ?? "0")}</td>
                  <td className={`${styles.total} numeric`}>{formatPoints(preview.awarded ?? "0")}</td>
                  <td className={`${styles.total} numeric`}>{formatPoints(preview.previewed ?? "0")}</td>
                </tr>
              }
            />
          )}
        </div>
      )}
    </Card>
  );
}
