import { BadgeCheck, IdCard } from "lucide-react";
import { useState } from "react";
import { Form } from "react-aria-components";
import { useCommand } from "../../api/command.ts";
import { useMe } from "../../api/session.tsx";
import { Badge } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import { CheckBox } from "../../components/check-box.tsx";
import { CommandProblem } from "../../components/command-problem.tsx";
import { TypedDate } from "../../components/day-field.tsx";
import { Empty } from "../../components/empty.tsx";
import { Fact, Facts } from "../../components/facts.tsx";
import { Field } from "../../components/field.tsx";
import { Notice, NoticeText, QueryProblem } from "../../components/notice.tsx";
import { Card } from "../../components/page.tsx";
import { Picker } from "../../components/picker.tsx";
import { Loading, Skeleton } from "../../components/skeleton.tsx";
import {
  type IdentifiedPersonFragment,
  useIdentificationQuery,
  useSaveIdentificationMutation,
} from "../../generated/graphql.ts";
import { formatDate } from "../../lib/format.ts";
import { words } from "../../words/words.ts";
import styles from "./identification-form.module.css";
import { labelOf, labelOfField } from "./labels.ts";
import { changesOf, fieldsIn, isMasked, type Sheet, type TextField, toSheet } from "./sheet.ts";
import { TaxpayerNumber } from "./taxpayer-number.tsx";
import { useKept, useUnsaved } from "./use-unsaved.ts";

const t = words("ctrCase");

const NOT_GIVEN = "none";
const genders = () => [
  { id: NOT_GIVEN, label: t("choice.notGiven") },
  { id: "female", label: t("choice.female") },
  { id: "male", label: t("choice.male") },
];
const taxpayerKinds = () => [
  { id: "ssn", label: t("choice.ssn") },
  { id: "ein", label: t("choice.ein") },
  { id: "foreign", label: t("choice.foreign") },
];
const idTypes = () => [
  { id: NOT_GIVEN, label: t("choice.notGiven") },
  { id: "drivers_license", label: t("choice.license") },
  { id: "passport", label: t("choice.passport") },
  { id: "alien_registration", label: t("choice.alien") },
  { id: "other", label: t("choice.other") },
];

interface IdentificationProps {
  patronId: string;
  editable: boolean;
  onSaved: () => void;
}

/** Who the person is, as a report needs it: read first, changed in a form. */
export function Identification({ patronId, editable, onSaved }: IdentificationProps) {
  const me = useMe();
  const [{ data, error, fetching }, refetch] = useIdentificationQuery({
    variables: { patronId },
    requestPolicy: "cache-and-network",
  });
  const unsaved = useKept();
  const [editing, setEditing] = useState(() => unsaved.has(patronId));
  const known = data?.identification;
  const mayWrite = editable && me.can("mtl:create");

  return (
    <Card
      title={t("identification.title")}
      label={t("identification.title")}
      aside={known && <Completeness known={known} />}
    >
      {error && !known && <QueryProblem error={error} onRetry={() => refetch({ requestPolicy: "network-only" })} />}
      {!known && fetching && (
        <Loading what={t("identification.loading")}>
          <Skeleton height="7rem" />
        </Loading>
      )}
      {known && editing && (
        <IdentificationForm patronId={patronId} known={known} onSaved={onSaved} onDone={() => setEditing(false)} />
      )}
      {known && !editing && (
        <>
          {known.version === 0 ? (
            <Empty icon={<IdCard size={22} />} title={t("identification.nothing")}>
              {t("identification.needs")}
            </Empty>
          ) : (
            <Known known={known} />
          )}
          {mayWrite && (
            <div className={styles.actions}>
              <Button onPress={() => setEditing(true)}>
                {known.version === 0 ? t("identification.write") : t("identification.change")}
              </Button>
            </div>
          )}
        </>
      )}
    </Card>
  );
}

function Completeness({ known }: { known: IdentifiedPersonFragment }) {
  if (known.missing?.length === 0) {
    return (
      <Badge tone="good" icon={<BadgeCheck size={13} aria-hidden="true" />}>
        {t("identification.complete")}
      </Badge>
    );
  }
  return <Badge tone="warn">{t("identification.incomplete")}</Badge>;
}

function Known({ known }: { known: IdentifiedPersonFragment }) {
  const name = [known.firstName, known.middleName, known.lastName, known.suffix].filter(Boolean).join(" ");
  const place = [known.city, known.state, known.postalCode, known.country].filter(Boolean).join(" ");
  const document = idTypes().find((type) => type.id === known.idType)?.label;
  const issuer = [known.idState, known.idCountry].filter(Boolean).join(", ");
  const missing = [...fieldsIn(known.missing)].map(labelOf);
  return (
    <>
      <Facts>
        <Fact label={t("identification.name")}>{name || "–"}</Fact>
        <Fact label={t("identification.born")}>{known.birthDate ? formatDate(known.birthDate) : "–"}</Fact>
        {known.occupation && <Fact label={t("fields.occupation")}>{known.occupation}</Fact>}
      </Facts>
      <Facts>
        <Fact label={t("identification.address")}>
          {known.street || "–"}
          {place && (
            <>
              <br />
              {place}
            </>
          )}
        </Fact>
      </Facts>
      <Facts>
        <Fact label={t("fields.taxpayerNumber")}>
          {known.taxpayerUnknown && t("identification.unknown")}
          {!known.taxpayerUnknown && (known.taxpayerNumber ? <TaxpayerNumber number={known.taxpayerNumber} /> : "–")}
        </Fact>
        <Fact label={known.idTypeOther ?? document ?? t("fields.idType")}>
          {known.idNumber ?? "–"}
          {issuer && ` (${issuer})`}
        </Fact>
      </Facts>
      {missing.length > 0 && (
        <div className={styles.missing}>
          <span className={styles.missingLabel}>{t("identification.missing")}</span>
          {missing.map((label) => (
            <Badge key={label} tone="warn">
              {label}
            </Badge>
          ))}
        </div>
      )}
    </>
  );
}

function twoLetters(example: string): string {
  return t("identification.letters", { example });
}

interface IdentificationFormProps {
  patronId: string;
  known: IdentifiedPersonFragment;
  /** Says whether what is known now is all that a report needs. */
  onSaved: (complete: boolean) => void;
  onDone: () => void;
}

export function IdentificationForm({ patronId, known, onSaved, onDone }: IdentificationFormProps) {
  const unsaved = useKept();
  const [kept] = useState(() => unsaved.get(patronId));
  const [before] = useState(() => kept?.before ?? toSheet(known));
  const [sheet, setSheet] = useState<Sheet>(kept?.sheet ?? before);
  const [, execute] = useSaveIdentificationMutation();
  const save = useCommand(execute, (answer) => answer.saveIdentification?.savedIdentification);
  const unanswered = save.state === "unanswered";
  const changes = changesOf(sheet, before);
  const changed = Object.keys(changes).length > 0;
  const ready = changed && !unanswered;
  useUnsaved(unsaved, patronId, changed ? { before, sheet } : undefined);
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
  const choice = (field: TextField, options: { id: string; label: string }[], fallback = NOT_GIVEN) => (
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
        {text(
          "taxpayerNumber",
          isMasked(known) ? { hint: t("identification.known", { number: known.taxpayerNumber ?? "" }) } : {},
        )}
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
