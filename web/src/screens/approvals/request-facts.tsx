import { useMe } from "../../api/session.tsx";
import { Fact, Facts } from "../../components/facts.tsx";
import type { ApprovalFragment } from "../../generated/graphql.ts";
import { formatDateTime, formatPoints, formatSignedPoints } from "../../lib/format.ts";
import styles from "./approvals.module.css";

/** What is decided on, once more where it is decided. */
export function RequestFacts({ request }: { request: ApprovalFragment }) {
  const me = useMe();
  return (
    <>
      <Facts>
        <Fact label="Points">{formatSignedPoints(request.points ?? "0")}</Fact>
        <Fact label="Balance now">{formatPoints(request.currentBalance ?? "0")}</Fact>
        <Fact label="Asked by">{request.requestedByName ?? "Somebody"}</Fact>
        <Fact label="Asked">{request.requestedAt && formatDateTime(request.requestedAt, me.timezone)}</Fact>
      </Facts>
      <p className={styles.reason}>{request.reason}</p>
    </>
  );
}
