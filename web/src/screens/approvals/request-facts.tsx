import { useMe } from "../../api/session.tsx";
import { Fact, Facts } from "../../components/facts.tsx";
import type { ApprovalFragment } from "../../generated/graphql.ts";
import { formatDateTime, formatPoints, formatSignedPoints } from "../../lib/format.ts";
import { words } from "../../words/words.ts";
import styles from "./approvals.module.css";

const t = words("approvals");

/** What is decided on, once more where it is decided. */
export function RequestFacts({ request }: { request: ApprovalFragment }) {
  const me = useMe();
  return (
    <>
      <Facts>
        <Fact label={t("facts.points")}>{formatSignedPoints(request.points ?? "0")}</Fact>
        <Fact label={t("facts.balance")}>{formatPoints(request.currentBalance ?? "0")}</Fact>
        <Fact label={t("facts.askedBy")}>{request.requestedByName ?? t("somebody")}</Fact>
        <Fact label={t("facts.asked")}>{request.requestedAt && formatDateTime(request.requestedAt, me.timezone)}</Fact>
      </Facts>
      <p className={styles.reason}>{request.reason}</p>
    </>
  );
}
