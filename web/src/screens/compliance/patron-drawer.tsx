import { UserSearch, UserX } from "lucide-react";
import { useState } from "react";
import { Link } from "react-router";
import { useMe } from "../../api/session.tsx";
import { Button } from "../../components/button.tsx";
import { Drawer, DrawerSection } from "../../components/drawer.tsx";
import { Empty } from "../../components/empty.tsx";
import { QueryProblem } from "../../components/notice.tsx";
import { Loading, Skeleton } from "../../components/skeleton.tsx";
import { formatDay } from "../../lib/format.ts";
import { isUuid } from "../../lib/uuid.ts";
import { CaseState } from "../ctr-case/case-state.tsx";
import { CaseSums } from "../ctr-case/case-sums.tsx";
import { IdentifyDialog } from "../ctr-case/identify.tsx";
import { Links } from "../ctr-case/links.tsx";
import { Timeline } from "../ctr-case/timeline.tsx";
import { isPresent } from "../pit-board/board.ts";
import styles from "./patron-drawer.module.css";
import { describe, nameOfPerson } from "./person.ts";
import { usePersonDay } from "./use-person-day.ts";

interface PatronDrawerProps {
  patronId: string;
  day: string;
  onGo: (patronId: string) => void;
  onClose: () => void;
}

/** One person's gaming day beside the list: what it is made of, and who the person is. */
export function PatronDrawer({ patronId, day, onGo, onClose }: PatronDrawerProps) {
  const me = useMe();
  const valid = isUuid(patronId);
  const { data, error, fetching, retry } = usePersonDay(patronId, day, !valid);
  const [identifying, setIdentifying] = useState(false);
  const person = data?.patron ?? null;
  const row = data?.patronDay ?? null;
  const links = data?.links?.nodes.filter(isPresent) ?? [];
  const player = data?.linkedAs?.nodes.find(isPresent);
  const entries = data?.mtlLogs?.nodes.filter(isPresent) ?? [];

  if (!person) {
    return (
      <Drawer title="Patron" onClose={onClose}>
        <DrawerSection>
          {error && <QueryProblem error={error} onRetry={retry} />}
          {!error && valid && (fetching || !data) && (
            <Loading what="the patron">
              <Skeleton height="5rem" />
              <Skeleton height="12rem" />
            </Loading>
          )}
          {!error && (!valid || (data && !fetching)) && (
            <Empty icon={<UserX size={22} />} title="There is no such patron">
              Pick one of the list.
            </Empty>
          )}
        </DrawerSection>
      </Drawer>
    );
  }

  const unknown = person.playerId === null;
  return (
    <Drawer
      title={
        person.player ? (
          <Link to={`/players/${person.player.playerId}`}>{nameOfPerson(person)}</Link>
        ) : (
          nameOfPerson(person)
        )
      }
      subtitle={person.player ? `Card ${person.player.cardNo}` : "Not identified"}
      onClose={onClose}
    >
      <DrawerSection title={formatDay(day)}>
        <CaseSums
          cashIn={row?.cashIn ?? null}
          cashOut={row?.cashOut ?? null}
          badgeIn={row?.badgeIn ?? null}
          badgeOut={row?.badgeOut ?? null}
        />
        {row?.caseId && (
          <Link className={styles.case ?? ""} to={`/compliance/cases/${row.caseId}`}>
            CTR case <CaseState state={row.caseState ?? ""} />
          </Link>
        )}
      </DrawerSection>
      {unknown && (
        <DrawerSection title="Who it is">
          <p>{describe(person) ?? "Nothing is written down of this person."}</p>
          {player ? (
            <>
              <p className={styles.detail}>Identified as a player, with whose cash this person's is summed.</p>
              <Button onPress={() => onGo(player.playerPatronId)}>Show the player</Button>
            </>
          ) : (
            me.can("mtl:review") && (
              <Button icon={<UserSearch size={17} />} onPress={() => setIdentifying(true)}>
                Identify as a player
              </Button>
            )
          )}
        </DrawerSection>
      )}
      {links.length > 0 && (
        <DrawerSection title="Identified as this player">
          <Links links={links} />
        </DrawerSection>
      )}
      <DrawerSection title="Entries">
        {entries.length > 0 ? (
          <Timeline entries={entries} total={data?.mtlLogs?.totalCount ?? entries.length} compact />
        ) : (
          <p className={styles.detail}>No cash was logged for this person on this gaming day.</p>
        )}
      </DrawerSection>
      {identifying && (
        <IdentifyDialog
          patronId={patronId}
          name={nameOfPerson(person)}
          onIdentified={onGo}
          onClose={() => setIdentifying(false)}
        />
      )}
    </Drawer>
  );
}
