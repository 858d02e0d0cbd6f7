import { Megaphone, Plus } from "lucide-react";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { useReadAgain } from "../../api/read-again.ts";
import { useMe } from "../../api/session.tsx";
import { Badge, type Tone } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import { Empty } from "../../components/empty.tsx";
import { Fact, Facts } from "../../components/facts.tsx";
import { QueryProblem } from "../../components/notice.tsx";
import { Page } from "../../components/page.tsx";
import { Pager } from "../../components/pager.tsx";
import { UsedUp } from "../../components/progress.tsx";
import { Loading, Skeleton } from "../../components/skeleton.tsx";
import {
  type PromotionFragment,
  usePromotionScopeQuery,
  usePromotionsLiveSubscription,
  usePromotionsQuery,
} from "../../generated/graphql.ts";
import { formatDateTime, formatMoment, formatPoints } from "../../lib/format.ts";
import { howMany } from "../../lib/how-many.ts";
import { pageIn } from "../../lib/page-in.ts";
import { isPresent } from "../../lib/present.ts";
import { term } from "../../words/term.ts";
import { words } from "../../words/words.ts";
import { plain } from "../rules/parameters.ts";
import { OnlyFor } from "../shell/only-for.tsx";
import { useStaffNames } from "../staff/use-staff-names.ts";
import { EndDialog } from "./end-dialog.tsx";
import { PromotionDialog } from "./promotion-dialog.tsx";
import styles from "./promotions.module.css";
import { PublishPromotionDialog } from "./publish-dialog.tsx";
import { type Scope, toScope } from "./scope.ts";

const t = words("promotions");

const PAGE = 25;

export function Promotions() {
  return (
    <OnlyFor can="loyalty:view_all" title={t("title")} what={t("what")}>
      <Campaigns />
    </OnlyFor>
  );
}

type Open = { dialog: "new" } | { dialog: "publish" | "end"; promotion: PromotionFragment } | undefined;

function Campaigns() {
  const me = useMe();
  const [search, setSearch] = useSearchParams();
  const page = pageIn(search);
  const variables = { offset: (page - 1) * PAGE };
  const [{ data, error, fetching }, refetch] = usePromotionsQuery({ variables, requestPolicy: "cache-and-network" });
  const [{ error: missed }] = usePromotionsLiveSubscription({ variables });
  useReadAgain(missed, refetch);
  const [{ data: scopes }] = usePromotionScopeQuery();
  const scope = toScope(scopes);
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const promotions = data?.promotions;
  const create = me.can("loyalty:configure") && (
    <Button look="primary" icon={<Plus size={17} />} onPress={() => setOpen({ dialog: "new" })}>
      {t("new")}
    </Button>
  );

  return (
    <Page title={t("title")} narrow aside={create}>
      {error && <QueryProblem error={error} onRetry={() => refetch({ requestPolicy: "network-only" })} />}
      {!promotions && fetching && (
        <Loading what={t("loading")}>
          <div className={styles.list}>
            <Skeleton height="11rem" />
            <Skeleton height="11rem" />
          </div>
        </Loading>
      )}
      {promotions?.totalCount === 0 && (
        <Empty icon={<Megaphone size={22} />} title={t("empty")}>
          {t("emptyText")}
        </Empty>
      )}
      {promotions && promotions.totalCount > 0 && (
        <>
          <ul className={styles.list}>
            {promotions.nodes.filter(isPresent).map((promotion) => (
              <li key={promotion.promotionId}>
                <Campaign promotion={promotion} scope={scope} onOpen={(dialog) => setOpen({ dialog, promotion })} />
              </li>
            ))}
          </ul>
          <Pager
            page={page}
            size={PAGE}
            total={promotions.totalCount}
            onPage={(next) => setSearch({ page: String(next) })}
          />
        </>
      )}
      {open?.dialog === "new" && <PromotionDialog scope={scope} onClose={close} />}
      {open?.dialog === "publish" && <PublishPromotionDialog promotion={open.promotion} onClose={close} />}
      {open?.dialog === "end" && <EndDialog promotion={open.promotion} onClose={close} />}
    </Page>
  );
}

const tones: Record<string, Tone> = { draft: "warn", scheduled: "accent", running: "good" };

interface CampaignProps {
  promotion: PromotionFragment;
  scope: Scope;
  onOpen: (dialog: "publish" | "end") => void;
}

function Campaign({ promotion, scope, onOpen }: CampaignProps) {
  const me = useMe();
  const nameOf = useStaffNames();
  const who = (staffId: string | null) => nameOf(staffId) ?? t("somebody");
  const state = promotion.state ?? "";
  const { endedAt, publishedAt } = promotion;
  const at = (iso: string) => formatDateTime(iso, me.timezone);
  return (
    <article className={styles.promotion} aria-label={promotion.name} data-state={state}>
      <div className={styles.head}>
        <h2 className={styles.name}>
          {promotion.name}
          <Badge tone={tones[state] ?? "neutral"}>{term("promotionState", state)}</Badge>
        </h2>
        {promotion.endable && (
          <div className={styles.actions}>
            <Button onPress={() => onOpen("end")}>{t(state === "draft" ? "discard" : "stop")}</Button>
            {promotion.publishable && (
              <Button look="primary" onPress={() => onOpen("publish")}>
                {t("publish")}
              </Button>
            )}
          </div>
        )}
      </div>
      <Facts>
        <Fact label={t("from")}>{formatMoment(promotion.startsAt, me.timezone)}</Fact>
        <Fact label={t("until")}>{formatMoment(promotion.endsAt, me.timezone)}</Fact>
        <Fact label={t("factor")}>× {plain(promotion.multiplier)}</Fact>
        <Fact label={t("slips")}>{promotion.slipsAwarded}</Fact>
      </Facts>
      <p className={styles.scope}>{scope.describe(promotion)}</p>
      <UsedUp
        label={t("budget")}
        used={promotion.pointsAwarded}
        of={promotion.budget}
        words={t("used", {
          given: formatPoints(promotion.pointsAwarded),
          budget: formatPoints(promotion.budget),
          count: howMany(promotion.budget),
        })}
      />
      <ul className={styles.trail}>
        <li>{t("trail.drafted", { who: who(promotion.createdBy), when: at(promotion.createdAt) })}</li>
        {state === "draft" && promotion.endable && !promotion.publishable && <li>{t("trail.another")}</li>}
        {publishedAt !== null && (
          <li>{t("trail.published", { who: who(promotion.publishedBy), when: at(publishedAt) })}</li>
        )}
        {endedAt !== null && (
          <li>
            {t(state === "discarded" ? "trail.discarded" : "trail.stopped", {
              who: who(promotion.endedBy),
              when: at(endedAt),
              reason: promotion.endReason ?? "",
            })}
          </li>
        )}
      </ul>
    </article>
  );
}
