import { useState } from "react";
import { CommandProblem } from "../../components/command-problem.tsx";
import { Card } from "../../components/page.tsx";
import type { Option } from "../../components/picker.tsx";
import type { CashKindFragment } from "../../generated/graphql.ts";
import { formatMoney } from "../../lib/format.ts";
import { useShortcuts } from "../../lib/shortcuts.ts";
import { term } from "../../words/term.ts";
import { words } from "../../words/words.ts";
import { AmountRow } from "./amount-row.tsx";
import { DescribeDialog } from "./describe-dialog.tsx";
import { DirectionField } from "./direction-field.tsx";
import type { Draft } from "./draft.ts";
import { DuplicateDialog } from "./duplicate-dialog.tsx";
import { EarlierRow } from "./earlier-row.tsx";
import { EntryActions } from "./entry-actions.tsx";
import styles from "./entry-form.module.css";
import { focusChosen, KindField } from "./kind-field.tsx";
import { LeavesTable, Left } from "./leaving.tsx";
import { People } from "./people.tsx";
import { PlaceRow } from "./place-row.tsx";
import type { Table } from "./reading.ts";
import type { Recorded } from "./recorded.ts";
import { type Entry, useEntry } from "./use-entry.ts";

const t = words("mtlEntry");

interface EntryFormProps {
  kinds: readonly CashKindFragment[];
  areas: readonly Option<string>[];
  tenders: readonly Option<string>[];
  tables: readonly Table[];
  initial: Draft;
  onRecorded: (recorded: Recorded) => void;
}

const MONEY_PLAY = "money_play";

/**
 * One entry after the other: what is recorded empties the form for the next person, at the same
 * place. Whatever may be wrong with an entry is the database's to say.
 */
export function EntryForm({ kinds, areas, tenders, tables, initial, onRecorded }: EntryFormProps) {
  const entry = useEntry({ kinds, tables, initial, onRecorded });
  const { fields, locked, recording, leaving, refusedTime } = entry;
  const [describing, setDescribing] = useState(false);
  const isMoneyPlay = entry.reading.kind?.kind === MONEY_PLAY;

  useShortcuts(
    locked
      ? {}
      : {
          I: () => entry.turn("in"),
          O: () => entry.turn("out"),
          P: entry.searchAgain,
          U: () => setDescribing(true),
          K: () => focusChosen(fields.kinds.current),
          A: fields.toAmount,
          B: entry.askForWhom,
          N: () => fields.focus("note"),
          E: entry.askWhen,
          L: () => isMoneyPlay && entry.leave(),
        },
  );

  return (
    <Card label={t("title")}>
      <form
        ref={fields.form}
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          entry.submit();
        }}
      >
        <DirectionField entry={entry} />
        <People entry={entry} onDescribe={() => setDescribing(true)} />
        <KindField entry={entry} kinds={kinds} />
        <AmountRow entry={entry} />
        <PlaceRow entry={entry} areas={areas} tables={tables} tenders={tenders} />
        {isMoneyPlay && <LeavesTable entry={entry} />}
        <EarlierRow entry={entry} />
        {!recording.duplicate && !refusedTime && (
          <CommandProblem status={recording.command} onRetry={() => void recording.send()} />
        )}
        {!refusedTime && <CommandProblem status={leaving.command} onRetry={() => void leaving.send()} />}
        <Left entry={entry} />
        <EntryActions entry={entry} />
      </form>
      {describing && (
        <DescribeDialog
          onClose={() => setDescribing(false)}
          onDescribed={(person) => {
            setDescribing(false);
            entry.choose(person);
          }}
        />
      )}
      {recording.duplicate && <Duplicate entry={entry} />}
    </Card>
  );
}

function Duplicate({ entry: { draft, reading, recording, fields } }: { entry: Entry }) {
  return (
    <DuplicateDialog
      what={t("form.what", {
        amount: formatMoney(reading.amount ?? "0"),
        direction: term("direction", draft.direction),
        kind: term("cashKind", reading.kind?.kind ?? ""),
      })}
      person={draft.person?.name ?? ""}
      problem={recording.command.problem}
      busy={recording.command.busy}
      onConfirm={() => void recording.confirm()}
      onClose={() => {
        recording.command.reset();
        fields.toAmount();
      }}
    />
  );
}
