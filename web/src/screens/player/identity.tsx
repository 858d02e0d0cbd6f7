import { useMe } from "../../api/session.tsx";
import { Fact, Facts } from "../../components/facts.tsx";
import { Card } from "../../components/page.tsx";
import type { PlayerOverviewFragment } from "../../generated/graphql.ts";
import { formatDate, formatDateTime } from "../../lib/format.ts";

export function Identity({ player }: { player: PlayerOverviewFragment }) {
  const me = useMe();
  return (
    <Card title="Identity" label="Identity">
      <Facts>
        <Fact label="Card number">{player.cardNo}</Fact>
        <Fact label="Born">{player.birthDate ? formatDate(player.birthDate) : "Unknown"}</Fact>
        <Fact label="Enrolled">{formatDateTime(player.enrolledAt, me.timezone)}</Fact>
      </Facts>
    </Card>
  );
}
