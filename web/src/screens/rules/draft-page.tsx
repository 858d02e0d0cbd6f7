import { FilePenLine } from "lucide-react";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { useMe } from "../../api/session.tsx";
import { Button } from "../../components/button.tsx";
import { Empty } from "../../components/empty.tsx";
import { Fact, Facts } from "../../components/facts.tsx";
import { QueryProblem } from "../../components/notice.tsx";
import { Card, Page } from "../../components/page.tsx";
import { Loading, Skeleton } from "../../components/skeleton.tsx";
import { SimpleTable } from "../../components/table.tsx";
import { type DraftFragment, type RulesDraftQuery, useRulesDraftQuery } from "../../generated/graphql.ts";
import { formatDateTime, formatSince } from "../../lib/format.ts";
import { useOpenedAt } from "../../lib/now.ts";
import { isUuid } from "../../lib/uuid.ts";
import { isPresent } from "../pit-board/board.ts";
import { OnlyFor } from "../shell/only-for.tsx";
import { useStaffNames } from "../staff/use-staff-names.ts";
import { DraftStatus } from "./draft-status.tsx";
import { allParameters, draftedPolicy, draftedTiers, isSame, newestTiers, show } from "./parameters.ts";
import { Preview } from "./preview.tsx";
import { PublishDialog } from "./publish-dialog.tsx";
import styles from "./rules.module.css";
import { TierTable } from "./tier-table.tsx";
import { WithdrawDialog } from "./withdraw-dialog.tsx";

export function DraftPage() {
  return (
    <OnlyFor can="loyalty:view_all" title="Draft" what="the loyalty rules">
      <DraftLoaded />
    </OnlyFor>
  );
}

function DraftLoaded() {
  const { draftId = "" } = useParams();
  const now = useOpenedAt();
  const isDraftId = isUuid(draftId);
  const [{ data, error, fetching }, refetch] = useRulesDraftQuery({
    variables: { loyaltyDraftId: draftId, now },
    pause: !isDraftId,
    requestPolicy: "cache-and-network",
  });
  const draft = data?.loyaltyDraft;
  if (draft) return <DraftView key={draft.loyaltyDraftId} draft={draft} data={data} />;
  return (
    <Page title="Draft" narrow>
      {error && <QueryProblem error={error} onRetry={() => refetch({ requestPolicy: "network-only" })} />}
      {!error && fetching && (
        <Loading what="the draft">
          <div className={styles.side}>
            <Skeleton height="6rem" />
            <Skeleton height="16rem" />
          </div>
        </Loading>
      )}
      {!error && !fetching && (
        <Empty
          icon={<FilePenLine size={22} />}
          title="There is no such draft"
          actions={<Link to="/rules">Go to the rules</Link>}
        >
          The address may be mistyped.
        </Empty>
      )}
    </Page>
  );
}

function DraftView({ draft, data }: { draft: DraftFragment; data: RulesDraftQuery }) {
  const me = useMe();
  const [open, setOpen] = useState<"publish" | "withdraw">();
  const since = draft.effectiveFrom ?? (draft.status === "published" ? draft.decidedAt : null);
  const close = () => setOpen(undefined);
  const nameOf = useStaffNames();
  const isOpen = draft.status === "open";

  return (
    <Page
      title={draft.note}
      tabTitle="Draft"
      beside={<DraftStatus draft={draft} />}
      narrow
      aside={
        isOpen &&
        me.can("loyalty:configure") && (
          <div className={styles.actions}>
            <Button onPress={() => setOpen("withdraw")}>Withdraw</Button>
            <Button look="primary" onPress={() => setOpen("publish")}>
              Publish
            </Button>
          </div>
        )
      }
    >
      <Card label="Who and when">
        <Facts>
          <Fact label="Drafted by">{nameOf(draft.draftedBy) ?? "Somebody"}</Fact>
          <Fact label="Drafted">{formatDateTime(draft.draftedAt, me.timezone)}</Fact>
          <Fact label="In force from">{since === null ? "When it is published" : formatSince(since, me.timezone)}</Fact>
          {!isOpen && (
            <Fact label={draft.status === "published" ? "Published by" : "Withdrawn by"}>
              {nameOf(draft.decidedBy) ?? "Somebody"}
            </Fact>
          )}
          {draft.decidedAt !== null && <Fact label="Decided">{formatDateTime(draft.decidedAt, me.timezone)}</Fact>}
        </Facts>
        {draft.decisionReason !== null && <p>{draft.decisionReason}</p>}
      </Card>
      <Changes draft={draft} data={data} />
      <Preview draftId={draft.loyaltyDraftId} />
      {open === "publish" && <PublishDialog draft={draft} onClose={close} />}
      {open === "withdraw" && <WithdrawDialog draft={draft} onClose={close} />}
    </Page>
  );
}

/** What would be other than it is now. */
function Changes({ draft, data }: { draft: DraftFragment; data: RulesDraftQuery }) {
  const inForce = data.inForce?.nodes.find(isPresent);
  const policy = draftedPolicy(draft.policy);
  const tiers = draftedTiers(draft.tiers);
  const before = newestTiers(data.tiersSoFar?.nodes.filter(isPresent) ?? []);
  const changes = policy
    ? allParameters
        .map((parameter) => ({ parameter, before: inForce?.[parameter.field], after: policy[parameter.column] }))
        .filter((each) => !isSame(each.before, each.after))
    : [];
  return (
    <>
      {policy && (
        <Card title="Changes of the policy" padded={false}>
          {policy.name !== inForce?.name && (
            <p className={styles.none}>
              Policy {String(policy.name)} in place of {inForce?.name ?? "none"}.
            </p>
          )}
          {changes.length === 0 ? (
            <p className={styles.none}>The policy in force has the same parameters.</p>
          ) : (
            <SimpleTable
              label="Changes of the policy"
              rows={changes}
              keyOf={({ parameter }) => parameter.column}
              columns={[
                { name: "Parameter", of: ({ parameter }) => parameter.label },
                { name: "In force", right: true, of: (each) => show(each.parameter, each.before) },
                { name: "Draft", right: true, of: (each) => <strong>{show(each.parameter, each.after)}</strong> },
              ]}
            />
          )}
        </Card>
      )}
      {tiers && (
        <div className={styles.columns}>
          <div className={styles.side}>
            <Card title="Tiers in force" padded={false}>
              <TierTable label="Tiers in force" tiers={before} />
            </Card>
          </div>
          <div className={styles.side}>
            <Card title="Tiers of the draft" padded={false}>
              <TierTable
                label="Tiers of the draft"
                tiers={tiers.map((tier) => ({
                  tier: tier.tier,
                  thresholdPoints: String(tier.threshold_points),
                  multiplier: String(tier.multiplier),
                }))}
              />
            </Card>
          </div>
        </div>
      )}
    </>
  );
}
