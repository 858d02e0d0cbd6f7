import { ShieldCheck } from "lucide-react";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { Button, ButtonLink } from "../../components/button.tsx";
import { QueryProblem } from "../../components/notice.tsx";
import { Card, Page } from "../../components/page.tsx";
import type { VerifyChainQuery, VerifyChainQueryVariables } from "../../generated/graphql.ts";
import { usePlayerNamesQuery, VerifyChainDocument } from "../../generated/graphql.ts";
import { isPresent } from "../../lib/present.ts";
import { isUuid } from "../../lib/uuid.ts";
import { words } from "../../words/words.ts";
import { OnlyFor } from "../shell/only-for.tsx";
import { Problems } from "./problems.tsx";
import { Seals } from "./seals.tsx";
import { useAsk } from "./use-ask.ts";
import { Verdict } from "./verdict.tsx";
import styles from "./verification.module.css";

const t = words("verification");

export function Verification() {
  return (
    <OnlyFor can="audit:view" title={t("title")} what={t("what")}>
      <VerificationView />
    </OnlyFor>
  );
}

function VerificationView() {
  const [search] = useSearchParams();
  const player = search.get("player");
  return (
    <Page title={t("title")} narrow>
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
  const name = player ? `${player.firstName} ${player.lastName}` : t("ledger.onePlayer");
  return (
    <Card
      title={playerId === null ? t("ledger.title") : t("ledger.of", { name })}
      label={t("ledger.title")}
      aside={
        <div className={styles.actions}>
          {playerId !== null && <ButtonLink to="/verification">{t("ledger.all")}</ButtonLink>}
          <Button
            look="primary"
            icon={<ShieldCheck size={17} />}
            isPending={check.busy}
            onPress={() => void check.send({ playerId })}
          >
            {t("ledger.verify")}
          </Button>
        </div>
      }
    >
      {!result && !check.error && (
        <p className={styles.about} role="status">
          {check.busy ? t("verifying") : t("ledger.about")}
        </p>
      )}
      {check.error && <QueryProblem error={check.error} onRetry={() => void check.send({ playerId })} />}
      {result && (
        <>
          <Verdict
            intact={result.intact === true}
            good={t("ledger.intact")}
            bad={t("ledger.changed")}
            about={t("ledger.verified", { entries: Number(result.entries ?? 0), players: Number(result.players ?? 0) })}
          />
          <Problems
            label={t("ledger.problems")}
            problems={result.problems?.filter(isPresent) ?? []}
            found={result.problemsFound}
          />
        </>
      )}
    </Card>
  );
}
