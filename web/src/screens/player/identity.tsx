import { useMe } from "../../api/session.tsx";
import { Fact, Facts } from "../../components/facts.tsx";
import { Card } from "../../components/page.tsx";
import type { PlayerOverviewFragment } from "../../generated/graphql.ts";
import { formatDate, formatDateTime } from "../../lib/format.ts";
import { words } from "../../words/words.ts";

const t = words("player");

export function Identity({ player }: { player: PlayerOverviewFragment }) {
  const me = useMe();
  return (
    <Card title={t("identity.title")} label={t("identity.title")}>
      <Facts>
        <Fact label={t("identity.card")}>{player.cardNo}</Fact>
        <Fact label={t("identity.born")}>
          {player.birthDate ? formatDate(player.birthDate) : t("identity.unknown")}
        </Fact>
        <Fact label={t("identity.enrolled")}>{formatDateTime(player.enrolledAt, me.timezone)}</Fact>
      </Facts>
    </Card>
  );
}
