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
import { isPresent } from "../../lib/present.ts";
import { words } from "../../words/words.ts";
import { OnlyFor } from "../shell/only-for.tsx";
import { useStaffNames } from "../staff/use-staff-names.ts";
import { DraftStatus } from "./draft-status.tsx";
import { parameterGroups, show } from "./parameters.ts";
import styles from "./rules.module.css";
import { TierTable } from "./tier-table.tsx";

const t = words("rules");

export function Rules() {
  return (
    <OnlyFor can="loyalty:view_all" title={t("title")} what={t("what")}>
      <RulesView />
    </OnlyFor>
  );
}

function RulesView() {
  const me = useMe();
  const [{ data, error }, refetch] = useRulesQuery({
    variables: { offset: 0 },
    requestPolicy: "cache-and-network",
  });
  return (
    <Page
      title={t("title")}
      narrow
      aside={
        me.can("loyalty:configure") && (
          <ButtonLink to="/rules/new" look="primary" icon={<Plus size={17} />}>
            {t("drafts.new")}
          </ButtonLink>
        )
      }
    >
      {error && <QueryProblem error={error} onRetry={() => refetch({ requestPolicy: "network-only" })} />}
      {!data && !error && (
        <Loading what={t("loading")}>
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
  const policy = data.policyInForce?.nodes.find(isPresent);
  const tiers = data.tiersInForce?.nodes.filter(isPresent) ?? [];
  const since = tiers[0]?.effectiveFrom;
  return (
    <div className={styles.columns}>
      <div className={styles.side}>
        {policy ? (
          <PolicyCard policy={policy} />
        ) : (
          <Card title={t("inForce.title")}>
            <Empty icon={<FilePenLine size={22} />} title={t("inForce.none")}>
              {t("inForce.earns")}
            </Empty>
          </Card>
        )}
      </div>
      <div className={styles.side}>
        <Drafts
          title={t("drafts.title")}
          drafts={data.openDrafts?.nodes.filter(isPresent) ?? []}
          none={t("drafts.none")}
        />
        <Card
          title={t("inForce.tiers")}
          padded={false}
          aside={
            since && (
              <span className={styles.small}>
                {t("inForce.tiersSince", { since: formatSince(since, me.timezone) })}
              </span>
            )
          }
        >
          <TierTable label={t("inForce.tiers")} tiers={tiers} />
        </Card>
        <Versions policies={data.policies?.nodes.filter(isPresent) ?? []} inForce={policy?.loyaltyPolicyId} />
        <Drafts
          title={t("drafts.decided")}
          drafts={data.decidedDrafts?.nodes.filter(isPresent) ?? []}
          none={undefined}
        />
      </div>
    </div>
  );
}

function PolicyCard({ policy }: { policy: PolicyFragment }) {
  const me = useMe();
  return (
    <Card
      title={t("version", { name: policy.name, version: policy.version })}
      label={t("inForce.title")}
      aside={<Badge tone="good">{t("inForce.badge")}</Badge>}
    >
      <p className={styles.small}>
        {t("inForce.since", { since: formatSince(policy.effectiveFrom ?? "", me.timezone) })}
      </p>
      {parameterGroups.map(({ title, parameters }) => (
        <section key={title()} className={styles.group}>
          <h3 className={styles.groupTitle}>{title()}</h3>
          <dl className={styles.parameters}>
            {parameters.map((parameter) => (
              <div key={parameter.column} className={styles.parameter}>
                <dt>{parameter.label()}</dt>
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
    <Card title={t("versions.title")} padded={false} label={t("versions.title")}>
      <ol className={styles.list}>
        {dated.map((policy, index) => (
          <li key={policy.loyaltyPolicyId} className={styles.line}>
            <span className={styles.lineTitle}>
              {t("version", { name: policy.name, version: policy.version })}
              {index === current && <Badge tone="good">{t("inForce.badge")}</Badge>}
              {index < current && <Badge tone="accent">{t("versions.planned")}</Badge>}
            </span>
            <span className={styles.small}>
              {policy.loyaltyDraft
                ? t("versions.drafted", {
                    since: formatSince(policy.effectiveFrom ?? "", me.timezone),
                    drafted: nameOf(policy.loyaltyDraft.draftedBy) ?? t("someone"),
                    published: nameOf(policy.loyaltyDraft.decidedBy) ?? t("someone"),
                  })
                : t("versions.file", { since: formatSince(policy.effectiveFrom ?? "", me.timezone) })}
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
              {nameOf(draft.draftedBy) ?? t("somebody")}, {formatDateTime(draft.draftedAt, me.timezone)}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
