import { words } from "../../words/words.ts";
import { PatronField } from "./patron-field.tsx";
import type { Entry } from "./use-entry.ts";

const t = words("mtlEntry");

interface PeopleProps {
  entry: Entry;
  /** Offered when the person isn't enrolled. */
  onDescribe: () => void;
}

/** Who brings or takes the cash, and for whom if it is somebody else's. */
export function People({ entry, onDescribe }: PeopleProps) {
  const { draft, round, fields, asked, locked } = entry;
  return (
    <>
      <PatronField
        key={`person ${round}`}
        label={draft.forSomebody ? t("form.agent") : t("form.patron")}
        letter="P"
        person={draft.person}
        onPick={entry.choose}
        onOther={entry.searchAgain}
        onDescribe={onDescribe}
        inputRef={fields.person}
        missing={asked !== undefined}
        isDisabled={locked}
        autoFocus={draft.person === undefined}
      />
      {draft.forSomebody && (
        <PatronField
          key={`behalf ${round}`}
          label={t("form.behalf")}
          letter="B"
          hint={t("form.behalfHint")}
          playersOnly
          person={draft.agentFor}
          onPick={entry.chooseForWhom}
          onOther={entry.askForWhom}
          onNobody={entry.forNobodyElse}
          inputRef={fields.agent}
          missing={asked !== undefined}
          isDisabled={locked}
        />
      )}
    </>
  );
}
