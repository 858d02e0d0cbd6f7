import { useState } from "react";
import { useCommand } from "../../api/command.ts";
import { useMe } from "../../api/session.tsx";
import { CheckBox } from "../../components/check-box.tsx";
import { CommandForm } from "../../components/command-form.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { Field } from "../../components/field.tsx";
import { MomentField, toInstant } from "../../components/moment-field.tsx";
import { useCreatePromotionMutation } from "../../generated/graphql.ts";
import { parsePoints } from "../../lib/money.ts";
import { words } from "../../words/words.ts";
import styles from "./promotions.module.css";
import type { Choice, Scope } from "./scope.ts";

const t = words("promotions");

interface PromotionDialogProps {
  scope: Scope;
  onClose: () => void;
}

/** Drafts a campaign; it gives nothing until another person publishes it. */
export function PromotionDialog({ scope, onClose }: PromotionDialogProps) {
  const me = useMe();
  const [name, setName] = useState("");
  const [starts, setStarts] = useState("");
  const [ends, setEnds] = useState("");
  const [factor, setFactor] = useState("");
  const [budget, setBudget] = useState("");
  const [games, setGames] = useState<readonly string[]>([]);
  const [tables, setTables] = useState<readonly string[]>([]);
  const [tiers, setTiers] = useState<readonly string[]>([]);
  const [, execute] = useCreatePromotionMutation();
  const create = useCommand(execute, (answer) => answer.createPromotion?.promotionResult);
  const startsAt = toInstant(starts, me.timezone);
  const endsAt = toInstant(ends, me.timezone);
  const multiplier = /^\d+(\.\d+)?$/.test(factor.trim()) ? factor.trim() : undefined;
  const points = parsePoints(budget);
  const complete =
    name.trim() !== "" && startsAt !== null && endsAt !== null && multiplier !== undefined && points !== undefined;
  const send = async () => {
    if (!complete) return;
    const result = await create.send({
      name: name.trim(),
      startsAt,
      endsAt,
      multiplier,
      budget: points,
      gameCodes: orAll(games),
      tableIds: orAll(tables),
      tiers: orAll(tiers),
    });
    if (result) onClose();
  };

  return (
    <Dialog title={t("new")} subtitle={t("draft.subtitle")} onClose={onClose} busy={create.busy} wide>
      <CommandForm command={create} onSend={send} onClose={onClose} isReady={complete} does={t("draft.save")}>
        <Field
          label={t("draft.name")}
          hint={t("draft.nameHint")}
          value={name}
          onChange={setName}
          autoFocus
          isDisabled={create.locked}
        />
        <div className={styles.pair}>
          <MomentField label={t("from")} value={starts} onChange={setStarts} isDisabled={create.locked} />
          <MomentField label={t("until")} value={ends} onChange={setEnds} isDisabled={create.locked} />
          <Field
            label={t("factor")}
            hint={t("draft.factorHint")}
            prefix="×"
            value={factor}
            onChange={setFactor}
            inputMode="decimal"
            autoComplete="off"
            numeric
            isDisabled={create.locked}
            error={factor.trim() === "" || multiplier !== undefined ? undefined : t("draft.factorInvalid")}
          />
          <Field
            label={t("draft.budget")}
            hint={t("draft.budgetHint")}
            value={budget}
            onChange={setBudget}
            inputMode="numeric"
            autoComplete="off"
            numeric
            isDisabled={create.locked}
            error={budget.trim() === "" || points !== undefined ? undefined : t("draft.budgetInvalid")}
          />
        </div>
        <Boxes
          label={t("draft.games")}
          choices={scope.games}
          chosen={games}
          onChange={setGames}
          isDisabled={create.locked}
        />
        <Boxes
          label={t("draft.tables")}
          choices={scope.tables}
          chosen={tables}
          onChange={setTables}
          isDisabled={create.locked}
        />
        <Boxes
          label={t("draft.tiers")}
          choices={scope.tiers}
          chosen={tiers}
          onChange={setTiers}
          isDisabled={create.locked}
        />
      </CommandForm>
    </Dialog>
  );
}

interface BoxesProps {
  label: string;
  choices: readonly Choice[];
  chosen: readonly string[];
  onChange: (chosen: readonly string[]) => void;
  isDisabled: boolean;
}

function Boxes({ label, choices, chosen, onChange, isDisabled }: BoxesProps) {
  if (choices.length === 0) return null;
  return (
    <fieldset className={styles.choices}>
      <legend className={styles.legend}>
        {label}
        {chosen.length === 0 && t("draft.all")}
      </legend>
      <div className={styles.boxes}>
        {choices.map(({ id, label: name }) => (
          <CheckBox
            key={id}
            isSelected={chosen.includes(id)}
            onChange={(on) => onChange(on ? [...chosen, id] : chosen.filter((each) => each !== id))}
            isDisabled={isDisabled}
          >
            {name}
          </CheckBox>
        ))}
      </div>
    </fieldset>
  );
}

function orAll(chosen: readonly string[]): string[] | null {
  return chosen.length === 0 ? null : [...chosen];
}
