import { useMemo } from "react";
import { Link } from "react-router";
import { SimpleTable } from "../../components/table.tsx";
import { usePlayerNamesQuery } from "../../generated/graphql.ts";
import { formatDay, formatPoints, humanize } from "../../lib/format.ts";
import { isPresent } from "../pit-board/board.ts";
import styles from "./verification.module.css";

interface Problem {
  gamingDay?: string | null;
  playerId: string | null;
  entryNo: string | null;
  problem: string | null;
  detail: string | null;
}

interface ProblemsProps {
  label: string;
  problems: readonly Problem[];
  /** All that were found, of which the list may be the beginning. */
  found: string | null;
}

/** Player, entry and what is wrong with it. */
export function Problems({ label, problems, found }: ProblemsProps) {
  const playerIds = useMemo(
    () => [...new Set(problems.map((problem) => problem.playerId).filter(isPresent))].slice(0, 100),
    [problems],
  );
  const [{ data }] = usePlayerNamesQuery({ variables: { playerIds }, pause: playerIds.length === 0 });
  const names = new Map(
    data?.players?.nodes.filter(isPresent).map((each) => [each.playerId, `${each.firstName} ${each.lastName}`]),
  );
  if (problems.length === 0) return null;
  const ofSeals = problems.some((problem) => problem.gamingDay !== undefined);
  return (
    <div className={styles.problems}>
      <SimpleTable
        label={label}
        rows={problems}
        keyOf={({ gamingDay, playerId, entryNo, problem }) => `${gamingDay}:${playerId}:${entryNo}:${problem}`}
        columns={[
          {
            name: "Player",
            of: ({ playerId }) =>
              playerId && (
                <Link className={styles.player ?? ""} to={`/players/${playerId}`}>
                  {names.get(playerId) ?? playerId}
                </Link>
              ),
          },
          ...(ofSeals
            ? [{ name: "Gaming day", of: ({ gamingDay }: Problem) => (gamingDay ? formatDay(gamingDay) : "") }]
            : []),
          { name: "Entry", right: true, of: ({ entryNo }) => entryNo },
          { name: "Problem", of: ({ problem }) => humanize(problem ?? "") },
          { name: "Detail", of: ({ detail }) => <span className={styles.detail}>{detail}</span> },
        ]}
      />
      {found !== null && BigInt(found) > BigInt(problems.length) && (
        <p className={styles.more}>
          The first {formatPoints(String(problems.length))} of {formatPoints(found)}.
        </p>
      )}
    </div>
  );
}
