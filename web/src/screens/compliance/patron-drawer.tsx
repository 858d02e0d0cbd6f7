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
import { isPresent } from "../../lib/present.ts";
import { isUuid } from "../../lib/uuid.ts";
import { words } from "../../words/words.ts";
import { CaseState } from "../ctr-case/case-state.tsx";
import { CaseSums } from "../ctr-case/case-sums.tsx";
import { IdentifyDialog } from "../ctr-case/identify.tsx";
import { Links } from "../ctr-case/links.tsx";
import { Timeline } from "../ctr-case/timeline.tsx";
import styles from "./patron-drawer.module.css";
import { describe, nameOfPerson } from "./person.ts";
import { usePersonDay } from "./use-person-day.ts";

const t = words("compliance");

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
      <Drawer title={t("patron")} onClose={onClose}>
        <DrawerSection>
          {error && <QueryProblem error={error} onRetry={retry} />}
          {!error && valid && (fetching || !data) && (
            <Loading what={t("drawer.loading")}>
              <Skeleton height="5rem" />
              <Skeleton height="12rem" />
            </Loading>
          )}
          {!error && (!valid || (data && !fetching)) && (
            <Empty icon={<UserX size={22} />} title={t("drawer.nobody")}>
              {t("drawer.pick")}
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
      subtitle={person.player ? t("drawer.cardNo", { card: person.player.cardNo }) : t("notIdentified")}
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
            {t("drawer.case")} <CaseState state={row.caseState ?? ""} />
          </Link>
        )}
      </DrawerSection>
      {unknown && (
        <DrawerSection title={t("drawer.who")}>
          <p>{describe(person) ?? t("drawer.nothing")}</p>
          {player ? (
            <>
              <p className={styles.detail}>{t("drawer.identified")}</p>
              <Button onPress={() => onGo(player.playerPatronId)}>{t("drawer.show")}</Button>
            </>
          ) : (
            me.can("mtl:review") && (
              <Button icon={<UserSearch size={17} />} onPress={() => setIdentifying(true)}>
                {t("drawer.identify")}
              </Button>
            )
          )}
        </DrawerSection>
      )}
      {links.length > 0 && (
        <DrawerSection title={t("drawer.links")}>
          <Links links={links} />
        </DrawerSection>
      )}
      <DrawerSection title={t("drawer.entries")}>
        {entries.length > 0 ? (
          <Timeline entries={entries} total={data?.mtlLogs?.totalCount ?? entries.length} compact />
        ) : (
          <p className={styles.detail}>{t("drawer.none")}</p>
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
