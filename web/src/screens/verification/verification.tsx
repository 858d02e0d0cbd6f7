import { ShieldCheck } from "lucide-react";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { Button, ButtonLink } from "../../components/button.tsx";
import { QueryProblem } from "../../components/notice.tsx";
import { Card, Page } from "../../components/page.tsx";
import type { VerifyChainQuery, VerifyChainQueryVariables } from "../../generated/graphql.ts";
import { usePlayerNamesQuery, VerifyChainDocument } from "../../generated/graphql.ts";
import { formatNumberOf } from "../../lib/format.ts";
import { isUuid } from "../../lib/uuid.ts";
import { isPresent } from "../pit-board/board.ts";
import { OnlyFor } from "../shell/only-for.tsx";
import { Problems } from "./problems.tsx";
import { Seals } from "./seals.tsx";
import { useAsk } from "./use-ask.ts";
import { Verdict } from "./verdict.tsx";
import styles from "./verification.module.css";

export function Verification() {
  return (
    <OnlyFor can="audit:view" title="Verification" what="verifying the ledger">
      <VerificationView />
    </OnlyFor>
  );
}

function VerificationView() {
  const [search] = useSearchParams();
  const player = search.get("player");
  return (
    <Page title="Verification" narrow>
      <LedgerCheck key={player} playerId={isUuid(player ?? "") ? player : null} />
      <Seals />
    </Page>
  );
}

/** Recomputes every hash, link and sum; of one player or of all. */
function LedgerCheck({ playerId }: { playerId: string | null }) {
  const [names] = useState(() => (playerId === null ? [] : [playerId]));
  const [{ data: named }] = usePlayerNamesQuery({ variables: { playerIds: names }, pause: playerId === null });
  const player = named?.players?.nodes.find(isPresent);
  const check = useAsk<VerifyChainQuery, VerifyChainQueryVariables>(VerifyChainDocument);
  const result = check.data?.verifyChain;
  const whose = player ? `${player.firstName} ${player.lastName}` : "all players";
  return (
    <Card
      title={playerId === null ? "The ledger" : `The ledger of ${player ? whose : "one player"}`}
      label="The ledger"
      aside={
        <div className={styles.actions}>
          {playerId !== null && <ButtonLink to="/verification">All players</ButtonLink>}
          <Button
            look="primary"
            icon={<ShieldCheck size={17} />}
            isPending={check.busy}
            onPress={() => void check.send({ playerId })}
          >
            Verify the ledger
          </Button>
        </div>
      }
    >
      {!result && !check.error && (
        <p className={styles.about} role="status">
          {check.busy
            ? "Verifying…"
            : "Every entry's hash is computed anew, with its link to the entry before, the balances and the standings."}
        </p>
      )}
      {check.error && <QueryProblem error={check.error} onRetry={() => void check.send({ playerId })} />}
      {result && (
        <>
          <Verdict
            intact={result.intact === true}
            good="The ledger is intact."
            bad="The ledger was changed."
            about={`Verified: ${formatNumberOf(result.entries ?? "0", "entry", "entries")} of ${formatNumberOf(result.players ?? "0", "player", "players")}.`}
          />
          <Problems
            label="What doesn't fit in the ledger"
            problems={result.problems?.filter(isPresent) ?? []}
            found={result.problemsFound}
          />
        </>
      )}
    </Card>
  );
}
