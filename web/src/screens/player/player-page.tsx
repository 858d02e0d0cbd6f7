import { FileText, ShieldCheck, UserX } from "lucide-react";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { useReadAgain } from "../../api/read-again.ts";
import { useMe } from "../../api/session.tsx";
import { Button, ButtonLink } from "../../components/button.tsx";
import { Empty } from "../../components/empty.tsx";
import { QueryProblem } from "../../components/notice.tsx";
import { Card, Page } from "../../components/page.tsx";
import { Loading, Skeleton } from "../../components/skeleton.tsx";
import {
  type LedgerLineFragment,
  type PlayerOverviewFragment,
  usePlayerLiveSubscription,
  usePlayerQuery,
} from "../../generated/graphql.ts";
import { isPresent } from "../../lib/present.ts";
import { isUuid } from "../../lib/uuid.ts";
import { words } from "../../words/words.ts";
import { cashEntryPath } from "../mtl-entry/path.ts";
import { RewardDialog } from "../reward/reward-dialog.tsx";
import { AdjustDialog } from "./adjust-dialog.tsx";
import { CurrentPlay } from "./current-play.tsx";
import { ExplainDialog } from "./explain-dialog.tsx";
import { Identity } from "./identity.tsx";
import { LedgerFilterBar, toFilter, useLedgerFilters } from "./ledger-filters.tsx";
import { LedgerTable } from "./ledger-table.tsx";
import { LoyaltyWidget } from "./loyalty-widget.tsx";
import { PlayTimeline } from "./play-timeline.tsx";
import { PlayerNotes } from "./player-notes.tsx";
import styles from "./player-page.module.css";
import { RedeemDialog } from "./redeem-dialog.tsx";
import { ReverseDialog } from "./reverse-dialog.tsx";

const t = words("player");

/** The player whom the address names: while that one is awaited, nobody else is shown. */
export function PlayerPage() {
  const { playerId = "" } = useParams();
  return <OnePlayer key={playerId} playerId={playerId} />;
}

function OnePlayer({ playerId }: { playerId: string }) {
  const isPlayerId = isUuid(playerId);
  const [{ data, error, fetching }, refetch] = usePlayerQuery({
    variables: { playerId },
    pause: !isPlayerId,
    requestPolicy: "cache-and-network",
  });
  // Each event carries this player into the cache, from which the query above is answered.
  const [{ error: missed }] = usePlayerLiveSubscription({ variables: { playerId }, pause: !isPlayerId });
  useReadAgain(missed, refetch);
  const player = data?.player;

  if (player) return <PlayerView player={player} />;
  return (
    <Page title={t("title")} narrow>
      {error && <QueryProblem error={error} onRetry={() => refetch({ requestPolicy: "network-only" })} />}
      {!error && fetching && <PlayerSkeleton />}
      {!error && !fetching && (
        <Empty
          icon={<UserX size={22} />}
          title={t("nobody.title")}
          actions={<Link to="/players">{t("nobody.find")}</Link>}
        >
          {t("nobody.text")}
        </Empty>
      )}
    </Page>
  );
}

type Open =
  | { dialog: "reward" | "redeem" | "adjust" }
  | { dialog: "reverse" | "explain"; line: LedgerLineFragment }
  | undefined;

function PlayerView({ player }: { player: PlayerOverviewFragment }) {
  const me = useMe();
  const [open, setOpen] = useState<Open>();
  const [filters, setFilters] = useLedgerFilters();
  const filter = toFilter(filters);
  const close = () => setOpen(undefined);
  const name = `${player.firstName} ${player.lastName}`;
  const slip = player.ratingSlips.nodes.find(isPresent);
  const visit = player.visits.nodes.find(isPresent);

  return (
    <Page
      title={name}
      narrow
      aside={
        <div className={styles.actions}>
          {me.can("mtl:create") && (
            <ButtonLink to={cashEntryPath(player.playerId, slip?.table?.tableId)}>{t("actions.cash")}</ButtonLink>
          )}
          {me.can("loyalty:adjust") && (
            <Button onPress={() => setOpen({ dialog: "adjust" })}>{t("actions.adjust")}</Button>
          )}
          {me.can("loyalty:redeem") && (
            <Button onPress={() => setOpen({ dialog: "redeem" })}>{t("actions.redeem")}</Button>
          )}
          {me.can("loyalty:award") && (
            <Button look="primary" onPress={() => setOpen({ dialog: "reward" })}>
              {t("actions.reward")}
            </Button>
          )}
        </div>
      }
    >
      <div className={styles.columns}>
        <div className={styles.side}>
          {player.playerLoyalty && <LoyaltyWidget standing={player.playerLoyalty} />}
          <CurrentPlay slip={slip} visit={visit} />
          <Identity player={player} />
          {(me.can("floor:rate") || me.can("loyalty:view_all")) && <PlayerNotes playerId={player.playerId} />}
        </div>
        <div className={styles.main}>
          <PlayTimeline
            playerId={player.playerId}
            happened={[slip?.ratingSlipId, slip?.state, slip?.currentBet, visit?.visitId].join()}
          />
          <Card
            title={t("ledger.title")}
            padded={false}
            label={t("ledger.title")}
            aside={
              <div className={styles.actions}>
                {me.can("audit:view") && (
                  <ButtonLink
                    look="quiet"
                    to={`/verification?player=${player.playerId}`}
                    icon={<ShieldCheck size={17} />}
                  >
                    {t("actions.verify")}
                  </ButtonLink>
                )}
                <ButtonLink look="quiet" to={`/players/${player.playerId}/statement`} icon={<FileText size={17} />}>
                  {t("actions.statement")}
                </ButtonLink>
              </div>
            }
          >
            <LedgerFilterBar filters={filters} onChange={setFilters} />
            <LedgerTable
              key={JSON.stringify(filter)}
              filter={filter}
              playerId={player.playerId}
              newest={player.playerLoyalty?.lastEntryNo}
              onExplain={(line) => setOpen({ dialog: "explain", line })}
              onReverse={(line) => setOpen({ dialog: "reverse", line })}
            />
          </Card>
        </div>
      </div>
      {open?.dialog === "reward" && (
        <RewardDialog playerId={player.playerId} playerName={name} ratingSlipId={slip?.ratingSlipId} onClose={close} />
      )}
      {open?.dialog === "redeem" && (
        <RedeemDialog
          playerId={player.playerId}
          playerName={name}
          balance={player.playerLoyalty?.currentBalance ?? "0"}
          onClose={close}
        />
      )}
      {open?.dialog === "adjust" && (
        <AdjustDialog
          playerId={player.playerId}
          playerName={name}
          balance={player.playerLoyalty?.currentBalance ?? "0"}
          onClose={close}
        />
      )}
      {open?.dialog === "explain" && <ExplainDialog line={open.line} playerName={name} onClose={close} />}
      {open?.dialog === "reverse" && <ReverseDialog line={open.line} playerName={name} onClose={close} />}
    </Page>
  );
}

function PlayerSkeleton() {
  return (
    <Loading what={t("loading")}>
      <div className={styles.columns}>
        <div className={styles.side}>
          <Skeleton height="13rem" />
          <Skeleton height="8rem" />
          <Skeleton height="8rem" />
        </div>
        <Skeleton height="30rem" />
      </div>
    </Loading>
  );
}
