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
import { QueryProblem } from "../../components/notice.tsx";
import { Card } from "../../components/page.tsx";
import { Picker } from "../../components/picker.tsx";
import { Loading, Skeleton } from "../../components/skeleton.tsx";
import {
  type IdentifiedPersonFragment,
  useIdentificationQuery,
  useSaveIdentificationMutation,
} from "../../generated/graphql.ts";
import { formatDate } from "../../lib/format.ts";
import styles from "./identification-form.module.css";
import { labelOf, labels } from "./labels.ts";
import { changesOf, fieldsIn, isMasked, type Sheet, type TextField, toSheet } from "./sheet.ts";

const NOT_GIVEN = "none";
const genders = [
  { id: NOT_GIVEN, label: "Not given" },
  { id: "female", label: "Female" },
  { id: "male", label: "Male" },
];
const taxpayerKinds = [
  { id: "ssn", label: "SSN or ITIN" },
  { id: "ein", label: "EIN" },
  { id: "foreign", label: "Foreign" },
];
const idTypes = [
  { id: NOT_GIVEN, label: "Not given" },
  { id: "drivers_license", label: "Driver's license or state ID" },
  { id: "passport", label: "Passport" },
  { id: "alien_registration", label: "Alien registration" },
  { id: "other", label: "Another document" },
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
  const [editing, setEditing] = useState(false);
  const known = data?.identification;
  const mayWrite = editable && me.can("mtl:create");

  return (
    <Card title="Identification" label="Identification" aside={known && <Completeness known={known} />}>
      {error && !known && <QueryProblem error={error} onRetry={() => refetch({ requestPolicy: "network-only" })} />}
      {!known && fetching && (
        <Loading what="the identification">
          <Skeleton height="7rem" />
        </Loading>
      )}
      {known && editing && (
        <IdentificationForm patronId={patronId} known={known} onSaved={onSaved} onDone={() => setEditing(false)} />
      )}
      {known && !editing && (
        <>
          {known.version === 0 ? (
            <Empty icon={<IdCard size={22} />} title="Nothing is written down yet">
              A report needs the name, address, date of birth, taxpayer number and a document.
            </Empty>
          ) : (
            <Known known={known} />
          )}
          {mayWrite && (
            <div className={styles.actions}>
              <Button onPress={() => setEditing(true)}>{known.version === 0 ? "Write it down" : "Change it"}</Button>
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
        Complete
      </Badge>
    );
  }
  return <Badge tone="warn">Incomplete</Badge>;
}

function Known({ known }: { known: IdentifiedPersonFragment }) {
  const name = [known.firstName, known.middleName, known.lastName, known.suffix].filter(Boolean).join(" ");
  const place = [known.city, known.state, known.postalCode, known.country].filter(Boolean).join(" ");
  const document = idTypes.find((type) => type.id === known.idType)?.label;
  const issuer = [known.idState, known.idCountry].filter(Boolean).join(", ");
  const missing = [...fieldsIn(known.missing)].map(labelOf);
  return (
    <>
      <Facts>
        <Fact label="Name">{name || "–"}</Fact>
        <Fact label="Born">{known.birthDate ? formatDate(known.birthDate) : "–"}</Fact>
        {known.occupation && <Fact label="Occupation">{known.occupation}</Fact>}
      </Facts>
      <Facts>
        <Fact label="Address">
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
        <Fact label="Taxpayer number">{known.taxpayerUnknown ? "Unknown" : (known.taxpayerNumber ?? "–")}</Fact>
        <Fact label={known.idTypeOther ?? document ?? "Document"}>
          {known.idNumber ?? "–"}
          {issuer && ` (${issuer})`}
        </Fact>
      </Facts>
      {missing.length > 0 && (
        <div className={styles.missing}>
          <span className={styles.missingLabel}>Still missing:</span>
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

interface IdentificationFormProps {
  patronId: string;
  known: IdentifiedPersonFragment;
  /** Says whether what is known now is all that a report needs. */
  onSaved: (complete: boolean) => void;
  onDone: () => void;
}

export function IdentificationForm({ patronId, known, onSaved, onDone }: IdentificationFormProps) {
  const [before] = useState(() => toSheet(known));
  const [sheet, setSheet] = useState<Sheet>(before);
  const [, execute] = useSaveIdentificationMutation();
  const save = useCommand(execute, (answer) => answer.saveIdentification?.savedIdentification);
  const unanswered = save.state === "unanswered";
  const changes = changesOf(sheet, before);
  const ready = Object.keys(changes).length > 0 && !unanswered;
  // A refusal is about what was sent: a field that was changed since is free of it.
  const [sent, setSent] = useState(before);
  const refusedFields = fieldsIn(save.problem?.details.refused);
  const refused = (field: TextField, why = "This can't stand in a report.") =>
    refusedFields.has(field) && sheet[field] === sent[field] ? why : undefined;
  const missing = fieldsIn(known.missing);
  const needed = (field: TextField) => (missing.has(field) && sheet[field] === "" ? "needed" : undefined);
  const set = (changed: Partial<Sheet>) => setSheet({ ...sheet, ...changed });
  const send = async () => {
    setSent(sheet);
    const result = await save.send({ patronId, ...changes });
    if (!result) return;
    onSaved(result.missing?.length === 0);
    onDone();
  };

  const text = (field: TextField, more: { hint?: string; placeholder?: string; autoComplete?: string } = {}) => (
    <Field
      label={labels[field]}
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
      label={labels[field]}
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
      <fieldset className={styles.group}>
        <legend className={styles.legend}>Person</legend>
        {text("lastName")}
        {text("firstName")}
        {text("middleName")}
        {text("suffix", { placeholder: "Jr" })}
        <TypedDate
          label={labels.birthDate}
          aside={needed("birthDate")}
          value={sheet.birthDate}
          onChange={(birthDate) => set({ birthDate })}
          isDisabled={save.locked}
          error={refused("birthDate", "This can't be a date of birth.")}
        />
        {choice("gender", genders)}
        {text("occupation")}
      </fieldset>
      <fieldset className={styles.group}>
        <legend className={styles.legend}>Address</legend>
        <div className={styles.wide}>{text("street")}</div>
        {text("city")}
        {text("state", { placeholder: "NV" })}
        {text("postalCode")}
        {text("country", { placeholder: "US" })}
      </fieldset>
      <fieldset className={styles.group}>
        <legend className={styles.legend}>Taxpayer</legend>
        {choice("taxpayerKind", taxpayerKinds, "ssn")}
        {text(
          "taxpayerNumber",
          isMasked(known) ? { hint: `Known: ${known.taxpayerNumber}. Leave empty to keep it.` } : {},
        )}
        <div className={styles.wide}>
          <CheckBox
            isSelected={sheet.taxpayerUnknown}
            onChange={(taxpayerUnknown) => set({ taxpayerUnknown })}
            isDisabled={save.locked}
          >
            The person has none, or won't tell it
          </CheckBox>
        </div>
      </fieldset>
      <fieldset className={styles.group}>
        <legend className={styles.legend}>Identity document</legend>
        {choice("idType", idTypes)}
        {sheet.idType === "other" && text("idTypeOther")}
        {text("idNumber")}
        {text("idState", { placeholder: "NV" })}
        {text("idCountry", { placeholder: "US" })}
      </fieldset>
      <CommandProblem status={save} onRetry={() => void send()} />
      <div className={styles.actions}>
        <Button onPress={() => onDone()} isDisabled={save.busy}>
          {unanswered ? "Leave it" : "Cancel"}
        </Button>
        <Button type="submit" look="primary" isPending={save.busy} isDisabled={!ready}>
          Save
        </Button>
      </div>
    </Form>
  );
}
