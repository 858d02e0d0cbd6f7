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
import { isPresent } from "../../lib/present.ts";
import { isUuid } from "../../lib/uuid.ts";
import { words } from "../../words/words.ts";
import { OnlyFor } from "../shell/only-for.tsx";
import { StaffName } from "../staff/staff-name.tsx";
import { DraftStatus } from "./draft-status.tsx";
import { allParameters, draftedPolicy, draftedTiers, isSame, show } from "./parameters.ts";
import { Preview } from "./preview.tsx";
import { PublishDialog } from "./publish-dialog.tsx";
import styles from "./rules.module.css";
import { TierTable } from "./tier-table.tsx";
import { WithdrawDialog } from "./withdraw-dialog.tsx";

const t = words("rules");

/** The draft that the address names: while that one is awaited, no other is shown. */
export function DraftPage() {
  const { draftId = "" } = useParams();
  return (
    <OnlyFor can="loyalty:view_all" title={t("draft.title")} what={t("what")}>
      <DraftLoaded key={draftId} draftId={draftId} />
    </OnlyFor>
  );
}

function DraftLoaded({ draftId }: { draftId: string }) {
  const isDraftId = isUuid(draftId);
  const [{ data, error, fetching }, refetch] = useRulesDraftQuery({
    variables: { loyaltyDraftId: draftId },
    pause: !isDraftId,
    requestPolicy: "cache-and-network",
  });
  const draft = data?.loyaltyDraft;
  if (draft) return <DraftView draft={draft} data={data} />;
  return (
    <Page title={t("draft.title")} narrow>
      {error && <QueryProblem error={error} onRetry={() => refetch({ requestPolicy: "network-only" })} />}
      {!error && fetching && (
        <Loading what={t("draft.loading")}>
          <div className={styles.side}>
            <Skeleton height="6rem" />
            <Skeleton height="16rem" />
          </div>
        </Loading>
      )}
      {!error && !fetching && (
        <Empty
          icon={<FilePenLine size={22} />}
          title={t("draft.nothing")}
          actions={<Link to="/rules">{t("draft.toRules")}</Link>}
        >
          {t("draft.mistyped")}
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
  const isOpen = draft.status === "open";

  return (
    <Page
      title={draft.note}
      tabTitle={t("draft.title")}
      beside={<DraftStatus draft={draft} />}
      narrow
      aside={
        draft.withdrawable && (
          <div className={styles.actions}>
            <Button onPress={() => setOpen("withdraw")}>{t("draft.withdraw")}</Button>
            {draft.publishable && (
              <Button look="primary" onPress={() => setOpen("publish")}>
                {t("draft.publish")}
              </Button>
            )}
          </div>
        )
      }
    >
      <Card label={t("draft.who")}>
        <Facts>
          <Fact label={t("draft.draftedBy")}>
            <StaffName staffId={draft.draftedBy} />
          </Fact>
          <Fact label={t("draft.drafted")}>{formatDateTime(draft.draftedAt, me.timezone)}</Fact>
          <Fact label={t("draft.inForceFrom")}>
            {since === null ? t("draft.whenPublished") : formatSince(since, me.timezone)}
          </Fact>
          {!isOpen && (
            <Fact label={draft.status === "published" ? t("draft.publishedBy") : t("draft.withdrawnBy")}>
              <StaffName staffId={draft.decidedBy} />
            </Fact>
          )}
          {draft.decidedAt !== null && (
            <Fact label={t("draft.decided")}>{formatDateTime(draft.decidedAt, me.timezone)}</Fact>
          )}
        </Facts>
        {draft.decisionReason !== null && <p>{draft.decisionReason}</p>}
        {draft.withdrawable && !draft.publishable && <p>{t("draft.another")}</p>}
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
  const inForce = data.policyInForce?.nodes.find(isPresent);
  const isOpen = draft.status === "open";
  const tiersBefore = t(isOpen ? "inForce.tiers" : "changes.tiersBefore");
  const policy = draftedPolicy(draft.policy);
  const tiers = draftedTiers(draft.tiers);
  const before = data.tiersInForce?.nodes.filter(isPresent) ?? [];
  const changes = policy
    ? allParameters
        .map((parameter) => ({ parameter, before: inForce?.[parameter.field], after: policy[parameter.column] }))
        .filter((each) => !isSame(each.before, each.after))
    : [];
  return (
    <>
      {policy && (
        <Card title={t("changes.title")} padded={false}>
          {policy.name !== inForce?.name && (
            <p className={styles.none}>
              {t("changes.instead", { name: String(policy.name), before: inForce?.name ?? t("changes.none") })}
            </p>
          )}
          {changes.length === 0 ? (
            <p className={styles.none}>{t("changes.same")}</p>
          ) : (
            <SimpleTable
              label={t("changes.title")}
              rows={changes}
              keyOf={({ parameter }) => parameter.column}
              columns={[
                { name: t("changes.parameter"), of: ({ parameter }) => parameter.label() },
                {
                  name: t(isOpen ? "inForce.badge" : "changes.before"),
                  right: true,
                  of: (each) => show(each.parameter, each.before),
                },
                {
                  name: t("draft.title"),
                  right: true,
                  of: (each) => <strong>{show(each.parameter, each.after)}</strong>,
                },
              ]}
            />
          )}
        </Card>
      )}
      {tiers && (
        <div className={styles.columns}>
          <div className={styles.side}>
            <Card title={tiersBefore} padded={false}>
              <TierTable label={tiersBefore} tiers={before} />
            </Card>
          </div>
          <div className={styles.side}>
            <Card title={t("changes.tiers")} padded={false}>
              <TierTable
                label={t("changes.tiers")}
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
