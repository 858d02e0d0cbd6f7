import { Link } from "react-router";
import { SimpleTable } from "../../components/table.tsx";
import { formatDay, formatPoints } from "../../lib/format.ts";
import { term } from "../../words/term.ts";
import { words } from "../../words/words.ts";
import { usePlayerNames } from "../players/use-player-names.ts";
import styles from "./verification.module.css";

const t = words("verification");

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
  const nameOf = usePlayerNames(problems.map((problem) => problem.playerId));
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
            name: t("problems.player"),
            of: ({ playerId }) =>
              playerId && (
                <Link className={styles.player ?? ""} to={`/players/${playerId}`}>
                  {nameOf(playerId) ?? playerId}
                </Link>
              ),
          },
          ...(ofSeals
            ? [
                {
                  name: t("problems.gamingDay"),
                  of: ({ gamingDay }: Problem) => (gamingDay ? formatDay(gamingDay) : ""),
                },
              ]
            : []),
          { name: t("problems.entry"), right: true, of: ({ entryNo }) => entryNo },
          { name: t("problems.problem"), of: ({ problem }) => term("ledgerProblem", problem ?? "") },
          {
            name: t("problems.detail"),
            of: ({ detail }) => (
              <span className={styles.detail} lang="en">
                {detail}
              </span>
            ),
          },
        ]}
      />
      {found !== null && BigInt(found) > BigInt(problems.length) && (
        <p className={styles.more}>
          {t("problems.first", { count: formatPoints(String(problems.length)), total: formatPoints(found) })}
        </p>
      )}
    </div>
  );
}
