import { FilePenLine, Plus } from "lucide-react";
import { Link } from "react-router";
import { useMe } from "../../api/session.tsx";
import { Badge } from "../../components/badge.tsx";
import { ButtonLink } from "../../components/button.tsx";
import { Empty } from "../../components/empty.tsx";
import { QueryProblem } from "../../components/notice.tsx";
import { Card, Page } from "../../components/page.tsx";
import { Loading, Skeleton } from "../../components/skeleton.tsx";
import { type DraftFragment, type PolicyFragment, type RulesQuery, useRulesQuery } from "../../generated/graphql.ts";
import { formatDateTime, formatSince } from "../../lib/format.ts";
import { useOpenedAt } from "../../lib/now.ts";
import { isPresent } from "../pit-board/board.ts";
import { OnlyFor } from "../shell/only-for.tsx";
import { useStaffNames } from "../staff/use-staff-names.ts";
import { DraftStatus } from "./draft-status.tsx";
import { newestTiers, parameterGroups, show } from "./parameters.ts";
import styles from "./rules.module.css";
import { TierTable } from "./tier-table.tsx";

export function Rules() {
  return (
    <OnlyFor can="loyalty:view_all" title="Rules" what="the loyalty rules">
      <RulesView />
    </OnlyFor>
  );
}

function RulesView() {
  const me = useMe();
  const now = useOpenedAt();
  const [{ data, error }, refetch] = useRulesQuery({
    variables: { now, offset: 0 },
    requestPolicy: "cache-and-network",
  });
  return (
    <Page
      title="Rules"
      narrow
      aside={
        me.can("loyalty:configure") && (
          <ButtonLink to="/rules/new" look="primary" icon={<Plus size={17} />}>
            New draft
          </ButtonLink>
        )
      }
    >
      {error && <QueryProblem error={error} onRetry={() => refetch({ requestPolicy: "network-only" })} />}
      {!data && !error && (
        <Loading what="the rules">
          <div className={styles.columns}>
            <Skeleton height="24rem" />
            <Skeleton height="24rem" />
          </div>
        </Loading>
      )}
      {data && <InForce data={data} />}
    </Page>
  );
}

function InForce({ data }: { data: RulesQuery }) {
  const me = useMe();
  const policy = data.inForce?.nodes.find(isPresent);
  const tiers = newestTiers(data.tiersSoFar?.nodes.filter(isPresent) ?? []);
  const since = tiers[0]?.effectiveFrom;
  return (
    <div className={styles.columns}>
      <div className={styles.side}>
        {policy ? (
          <PolicyCard policy={policy} />
        ) : (
          <Card title="Policy in force">
            <Empty icon={<FilePenLine size={22} />} title="No policy is in force">
              Play earns no points until a draft is published.
            </Empty>
          </Card>
        )}
      </div>
      <div className={styles.side}>
        <Drafts
          title="Drafts"
          drafts={data.openDrafts?.nodes.filter(isPresent) ?? []}
          none="Nobody has drafted other rules. A draft changes nothing until a second person publishes it."
        />
        <Card
          title="Tiers in force"
          padded={false}
          aside={since && <span className={styles.small}>since {formatSince(since, me.timezone)}</span>}
        >
          <TierTable label="Tiers in force" tiers={tiers} />
        </Card>
        <Versions policies={data.policies?.nodes.filter(isPresent) ?? []} inForce={policy?.loyaltyPolicyId} />
        <Drafts title="Decided drafts" drafts={data.decidedDrafts?.nodes.filter(isPresent) ?? []} none={undefined} />
      </div>
    </div>
  );
}

function PolicyCard({ policy }: { policy: PolicyFragment }) {
  const me = useMe();
  return (
    <Card
      title={`${policy.name}, version ${policy.version}`}
      label="Policy in force"
      aside={<Badge tone="good">In force</Badge>}
    >
      <p className={styles.small}>Since {formatSince(policy.effectiveFrom ?? "", me.timezone)}.</p>
      {parameterGroups.map(({ title, parameters }) => (
        <section key={title} className={styles.group}>
          <h3 className={styles.groupTitle}>{title}</h3>
          <dl className={styles.parameters}>
            {parameters.map((parameter) => (
              <div key={parameter.column} className={styles.parameter}>
                <dt>{parameter.label}</dt>
                <dd className="numeric">{show(parameter, policy[parameter.field])}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Card>
  );
}

function Versions({ policies, inForce }: { policies: readonly PolicyFragment[]; inForce: string | undefined }) {
  const me = useMe();
  const nameOf = useStaffNames();
  const dated = policies.filter((policy) => policy.effectiveFrom !== null);
  const current = dated.findIndex((policy) => policy.loyaltyPolicyId === inForce);
  return (
    <Card title="Versions of the policy" padded={false} label="Versions of the policy">
      <ol className={styles.list}>
        {dated.map((policy, index) => (
          <li key={policy.loyaltyPolicyId} className={styles.line}>
            <span className={styles.lineTitle}>
              {policy.name}, version {policy.version}
              {index === current && <Badge tone="good">In force</Badge>}
              {index < current && <Badge tone="accent">Planned</Badge>}
            </span>
            <span className={styles.small}>
              From {formatSince(policy.effectiveFrom ?? "", me.timezone)}
              {policy.loyaltyDraft
                ? ` · drafted by ${nameOf(policy.loyaltyDraft.draftedBy) ?? "somebody"}, published by ${
                    nameOf(policy.loyaltyDraft.decidedBy) ?? "somebody"
                  }`
                : " · from the property's file"}
            </span>
          </li>
        ))}
      </ol>
    </Card>
  );
}

interface DraftsProps {
  title: string;
  drafts: readonly DraftFragment[];
  none: string | undefined;
}

function Drafts({ title, drafts, none }: DraftsProps) {
  const me = useMe();
  const nameOf = useStaffNames();
  if (drafts.length === 0 && none === undefined) return null;
  return (
    <Card title={title} padded={false} label={title}>
      {drafts.length === 0 && <p className={styles.none}>{none}</p>}
      <ul className={styles.list}>
        {drafts.map((draft) => (
          <li key={draft.loyaltyDraftId} className={styles.line}>
            <span className={styles.lineTitle}>
              <Link className={styles.link ?? ""} to={`/rules/drafts/${draft.loyaltyDraftId}`}>
                {draft.note}
              </Link>
              <DraftStatus draft={draft} />
            </span>
            <span className={styles.small}>
              {nameOf(draft.draftedBy) ?? "Somebody"}, {formatDateTime(draft.draftedAt, me.timezone)}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
