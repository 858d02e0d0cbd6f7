import { useState } from "react";
import { Form } from "react-aria-components";
import { useCommand } from "../../api/command.ts";
import { Button } from "../../components/button.tsx";
import { CheckBox } from "../../components/check-box.tsx";
import { CommandProblem } from "../../components/command-problem.tsx";
import { TypedDate } from "../../components/day-field.tsx";
import { Field } from "../../components/field.tsx";
import { Notice, NoticeText } from "../../components/notice.tsx";
import { Picker } from "../../components/picker.tsx";
import { type IdentifiedPersonFragment, useSaveIdentificationMutation } from "../../generated/graphql.ts";
import { words } from "../../words/words.ts";
import { type Choice, genders, idTypes, NOT_GIVEN, taxpayerKinds } from "./choices.ts";
import styles from "./identification-form.module.css";
import { labelOfField } from "./labels.ts";
import { changesOf, fieldsIn, type Sheet, type TextField, toSheet, withoutKnownNumber } from "./sheet.ts";
import { masked } from "./taxpayer-number.tsx";
import { useKept, useUnsaved } from "./use-unsaved.ts";

const t = words("ctrCase");

function twoLetters(example: string): string {
  return t("identification.letters", { example });
}

interface IdentificationFormProps {
  patronId: string;
  known: IdentifiedPersonFragment;
  /** Its screen shows the whole taxpayer number; otherwise it isn't shown here either. */
  numberShown?: boolean;
  /** Says whether what is known now is all that a report needs. */
  onSaved: (complete: boolean) => void;
  onDone: () => void;
}

/** Writes down who the person is, or changes what is known of them. */
export function IdentificationForm(props: IdentificationFormProps) {
  const { patronId, known, numberShown = false, onSaved, onDone } = props;
  const unsaved = useKept();
  const [kept] = useState(() => unsaved.get(patronId));
  const [before] = useState(() => kept?.before ?? toSheet(known, numberShown));
  const [sheet, setSheet] = useState<Sheet>(kept?.sheet ?? before);
  const [, execute] = useSaveIdentificationMutation();
  const save = useCommand(execute, (answer) => answer.saveIdentification?.savedIdentification);
  const unanswered = save.state === "unanswered";
  const changes = changesOf(sheet, before);
  const changed = Object.keys(changes).length > 0;
  const ready = changed && !unanswered;
  useUnsaved(unsaved, patronId, changed ? withoutKnownNumber({ before, sheet }) : undefined);
  // A refusal is about what was sent: a field that was changed since is free of it.
  const [sent, setSent] = useState(before);
  const refusedFields = fieldsIn(save.problem?.details.refused);
  const refused = (field: TextField, why = t("identification.refused")) =>
    refusedFields.has(field) && sheet[field] === sent[field] ? why : undefined;
  const missing = fieldsIn(known.missing);
  const needed = (field: TextField) =>
    missing.has(field) && sheet[field] === "" ? t("identification.needed") : undefined;
  const set = (changed: Partial<Sheet>) => setSheet({ ...sheet, ...changed });
  const send = async () => {
    setSent(sheet);
    const result = await save.send({ patronId, ...changes });
    if (!result) return;
    unsaved.delete(patronId);
    onSaved(result.missing?.length === 0);
    onDone();
  };
  const numberHint =
    known.taxpayerNumber && before.taxpayerNumber === ""
      ? { hint: t("identification.known", { number: masked(known.taxpayerNumber) }) }
      : {};
  const giveUp = () => {
    unsaved.delete(patronId);
    onDone();
  };

  const text = (field: TextField, more: { hint?: string; placeholder?: string; autoFocus?: boolean } = {}) => (
    <Field
      label={labelOfField(field)}
      aside={field === "taxpayerNumber" && sheet.taxpayerUnknown ? undefined : needed(field)}
      value={sheet[field]}
      onChange={(value) => set({ [field]: value })}
      isDisabled={save.locked || (field === "taxpayerNumber" && sheet.taxpayerUnknown)}
      error={refused(field)}
      autoComplete="off"
      {...more}
    />
  );
  const choice = (field: TextField, options: Choice[], fallback = NOT_GIVEN) => (
    <Picker
      label={labelOfField(field)}
      aside={needed(field)}
      options={options}
      value={sheet[field] === "" ? fallback : sheet[field]}
      onChange={(id) => set({ [field]: id === NOT_GIVEN ? "" : id })}
      isDisabled={save.locked}
    />
  );

  return (
    <Form
      className={styles.form ?? ""}
      validationBehavior="aria"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) void send();
      }}
    >
      {kept && (
        <Notice title={t("identification.kept")} live="status">
          <NoticeText>{t("identification.keptText")}</NoticeText>
        </Notice>
      )}
      <fieldset className={styles.group}>
        <legend className={styles.legend}>{t("part.person")}</legend>
        {text("lastName", { autoFocus: true })}
        {text("firstName")}
        {text("middleName")}
        {text("suffix", { placeholder: t("identification.suffixExample") })}
        <TypedDate
          label={labelOfField("birthDate")}
          aside={needed("birthDate")}
          value={sheet.birthDate}
          onChange={(birthDate) => set({ birthDate })}
          isDisabled={save.locked}
          error={refused("birthDate", t("identification.notBirth"))}
        />
        {choice("gender", genders())}
        {text("occupation")}
      </fieldset>
      <fieldset className={styles.group}>
        <legend className={styles.legend}>{t("identification.address")}</legend>
        <div className={styles.wide}>{text("street")}</div>
        {text("city")}
        {text("state", { hint: twoLetters("NV") })}
        {text("postalCode")}
        {text("country", { hint: twoLetters("US") })}
      </fieldset>
      <fieldset className={styles.group}>
        <legend className={styles.legend}>{t("part.taxpayer")}</legend>
        {choice("taxpayerKind", taxpayerKinds(), "ssn")}
        {text("taxpayerNumber", numberHint)}
        <div className={styles.wide}>
          <CheckBox
            isSelected={sheet.taxpayerUnknown}
            onChange={(taxpayerUnknown) => set({ taxpayerUnknown })}
            isDisabled={save.locked}
          >
            {t("identification.hasNone")}
          </CheckBox>
        </div>
      </fieldset>
      <fieldset className={styles.group}>
        <legend className={styles.legend}>{t("part.document")}</legend>
        {choice("idType", idTypes())}
        {sheet.idType === "other" && text("idTypeOther")}
        {text("idNumber")}
        {text("idState", { hint: twoLetters("NV") })}
        {text("idCountry", { hint: twoLetters("US") })}
      </fieldset>
      <CommandProblem status={save} onRetry={() => void send()} />
      <div className={styles.actions}>
        <Button onPress={giveUp} isDisabled={save.busy}>
          {unanswered ? t("leave") : t("cancel")}
        </Button>
        <Button type="submit" look="primary" isPending={save.busy} isDisabled={!ready}>
          {t("identification.save")}
        </Button>
      </div>
    </Form>
  );
}
