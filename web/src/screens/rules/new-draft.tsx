import { Plus, X } from "lucide-react";
import { useState } from "react";
import { useNavigate } from "react-router";
import { useCommand } from "../../api/command.ts";
import { useMe } from "../../api/session.tsx";
import { Button, ButtonLink } from "../../components/button.tsx";
import { CheckBox } from "../../components/check-box.tsx";
import { CommandProblem } from "../../components/command-problem.tsx";
import { Field } from "../../components/field.tsx";
import { MomentField, toInstant } from "../../components/moment-field.tsx";
import { QueryProblem } from "../../components/notice.tsx";
import { Card, Page } from "../../components/page.tsx";
import { Picker } from "../../components/picker.tsx";
import { Loading, Skeleton } from "../../components/skeleton.tsx";
import {
  type NewDraftQuery,
  type PolicyFragment,
  type TierOfVersionFragment,
  useDraftRulesMutation,
  useNewDraftQuery,
} from "../../generated/graphql.ts";
import { formatShare } from "../../lib/format.ts";
import { isPresent } from "../../lib/present.ts";
import { words } from "../../words/words.ts";
import { OnlyFor } from "../shell/only-for.tsx";
import { allParameters, fieldText, type Parameter, parameterGroups, plain, roundings } from "./parameters.ts";
import styles from "./rules.module.css";

const t = words("rules");

export function NewDraft() {
  return (
    <OnlyFor can="loyalty:configure" title={t("drafts.new")} what={t("new.what")}>
      <NewDraftLoaded />
    </OnlyFor>
  );
}

function NewDraftLoaded() {
  const [{ data, error }, refetch] = useNewDraftQuery({ requestPolicy: "network-only" });
  return (
    <Page title={t("drafts.new")} narrow>
      {error && <QueryProblem error={error} onRetry={() => refetch({ requestPolicy: "network-only" })} />}
      {!data && !error && (
        <Loading what={t("new.loading")}>
          <Skeleton height="30rem" />
        </Loading>
      )}
      {data && <DraftForm data={data} />}
    </Page>
  );
}

interface TierText {
  key: number;
  tier: string;
  threshold: string;
  multiplier: string;
}

function DraftForm({ data }: { data: NewDraftQuery }) {
  const me = useMe();
  const navigate = useNavigate();
  // What is in force when the form opens is what the form starts from.
  const [bases] = useState(() => data.draftBases?.nodes.filter(isPresent) ?? []);
  const [inForce] = useState(() => data.policyInForce?.nodes.find(isPresent));
  const [tiersBefore] = useState(() => (data.tiersInForce?.nodes.filter(isPresent) ?? []).map(toText));
  const [base, setBase] = useState(inForce ?? bases[0]);
  const [values, setValues] = useState(() => textsOf(base));
  const [tiers, setTiers] = useState<readonly TierText[]>(tiersBefore);
  const [from, setFrom] = useState("");
  const [note, setNote] = useState("");
  const [, execute] = useDraftRulesMutation();
  const draft = useCommand(execute, (answer) => answer.draftRules?.draftResult?.loyaltyDraft);

  const changes = changesOf(values, base);
  const policyChanged = base?.name !== inForce?.name || Object.keys(changes).length > 0;
  const tiersChanged = JSON.stringify(tiers) !== JSON.stringify(tiersBefore);
  const unanswered = draft.state === "unanswered";
  const ready = note.trim() !== "" && (policyChanged || tiersChanged) && !unanswered;

  const start = (name: string) => {
    const chosen = bases.find((each) => each.name === name);
    setBase(chosen);
    setValues(textsOf(chosen));
  };
  const send = async () => {
    const written = await draft.send({
      note: note.trim(),
      policy: policyChanged ? { ...changes, ...(base?.name !== inForce?.name && { name: base?.name }) } : null,
      tiers: tiersChanged
        ? tiers.map((each) => ({
            tier: each.tier.trim(),
            threshold_points: bare(each.threshold),
            multiplier: bare(each.multiplier),
          }))
        : null,
      effectiveFrom: toInstant(from, me.timezone),
    });
    if (written) void navigate(`/rules/drafts/${written.loyaltyDraftId}`);
  };

  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) void send();
      }}
    >
      <Card title={t("new.policy")} label={t("new.policy")}>
        {bases.length > 1 && base && (
          <div className={styles.fields}>
            <Picker
              label={t("new.policy")}
              options={bases.map(({ name }) => ({ id: name, label: name }))}
              value={base.name}
              onChange={start}
              isDisabled={draft.locked}
            />
          </div>
        )}
        {parameterGroups.map(({ title, parameters }) => (
          <section key={title()} className={styles.part}>
            <h3 className={styles.groupTitle}>{title()}</h3>
            <div className={styles.fields}>
              {parameters.map((parameter) => (
                <ParameterField
                  key={parameter.column}
                  parameter={parameter}
                  value={values[parameter.column] ?? ""}
                  onChange={(value) => setValues((before) => ({ ...before, [parameter.column]: value }))}
                  isDisabled={draft.locked}
                />
              ))}
            </div>
          </section>
        ))}
      </Card>
      <Card title={t("new.tiers")} label={t("new.tiers")}>
        <TierFields tiers={tiers} onChange={setTiers} isDisabled={draft.locked} />
      </Card>
      <Card title={t("new.when")} label={t("new.when")}>
        <div className={styles.fields}>
          <MomentField
            label={t("draft.inForceFrom")}
            hint={t("new.fromHint")}
            value={from}
            onChange={setFrom}
            isDisabled={draft.locked}
          />
        </div>
        <Field
          label={t("new.why")}
          hint={t("new.whyHint")}
          value={note}
          onChange={setNote}
          rows={3}
          isRequired
          isDisabled={draft.locked}
        />
        <CommandProblem status={draft} onRetry={() => void send()} />
        <div className={styles.end}>
          <ButtonLink to="/rules">{t("cancel")}</ButtonLink>
          <Button type="submit" look="primary" isPending={draft.busy} isDisabled={!ready}>
            {t("new.save")}
          </Button>
        </div>
      </Card>
    </form>
  );
}

interface ParameterFieldProps {
  parameter: Parameter;
  value: string;
  onChange: (value: string) => void;
  isDisabled: boolean;
}

function ParameterField({ parameter, value, onChange, isDisabled }: ParameterFieldProps) {
  const { kind, label, unset, hint } = parameter;
  if (kind === "flag") {
    return (
      <div className={styles.flag}>
        <CheckBox isSelected={value === "true"} onChange={(on) => onChange(String(on))} isDisabled={isDisabled}>
          {label()}
        </CheckBox>
      </div>
    );
  }
  if (kind === "choice") {
    const options = roundings();
    const chosen = options.find((each) => each.id === value)?.id ?? options[0].id;
    return <Picker label={label()} options={options} value={chosen} onChange={onChange} isDisabled={isDisabled} />;
  }
  return (
    <Field
      label={label()}
      aside={kind === "share" && isDecimal(bare(value)) ? formatShare(bare(value)) : undefined}
      hint={unset ? t("new.leftEmpty", { unset: unset().toLowerCase() }) : hint?.()}
      value={value}
      onChange={onChange}
      inputMode="decimal"
      autoComplete="off"
      numeric
      isDisabled={isDisabled}
    />
  );
}

interface TierFieldsProps {
  tiers: readonly TierText[];
  onChange: (tiers: readonly TierText[]) => void;
  isDisabled: boolean;
}

function TierFields({ tiers, onChange, isDisabled }: TierFieldsProps) {
  const change = (key: number, changed: Partial<TierText>) =>
    onChange(tiers.map((each) => (each.key === key ? { ...each, ...changed } : each)));
  const add = () => {
    const key = Math.max(-1, ...tiers.map((each) => each.key)) + 1;
    onChange([...tiers, { key, tier: "", threshold: "", multiplier: "" }]);
  };
  return (
    <>
      {tiers.map((each, index) => (
        <fieldset key={each.key} className={styles.tierRow} aria-label={t("new.tierNo", { number: index + 1 })}>
          <Field
            label={t("tier")}
            value={each.tier}
            onChange={(tier) => change(each.key, { tier })}
            verbatim
            isDisabled={isDisabled}
          />
          <Field
            label={t("new.fromPoints")}
            value={each.threshold}
            onChange={(threshold) => change(each.key, { threshold })}
            inputMode="numeric"
            numeric
            isDisabled={isDisabled}
          />
          <Field
            label={t("factor")}
            value={each.multiplier}
            onChange={(multiplier) => change(each.key, { multiplier })}
            inputMode="decimal"
            numeric
            isDisabled={isDisabled}
          />
          <Button
            look="quiet"
            icon={<X size={18} />}
            aria-label={t("new.removeTier", { number: index + 1 })}
            onPress={() => onChange(tiers.filter((other) => other.key !== each.key))}
            isDisabled={isDisabled}
          />
        </fieldset>
      ))}
      <div className={styles.actions}>
        <Button icon={<Plus size={17} />} onPress={add} isDisabled={isDisabled}>
          {t("new.addTier")}
        </Button>
      </div>
    </>
  );
}

function toText(row: TierOfVersionFragment, key: number): TierText {
  return { key, tier: row.tier, threshold: row.thresholdPoints, multiplier: plain(row.multiplier) };
}

function textsOf(policy: PolicyFragment | undefined): Record<string, string> {
  return Object.fromEntries(allParameters.map((parameter) => [parameter.column, fieldText(policy?.[parameter.field])]));
}

/** Only what differs goes into the draft, as it was typed: the database reads and checks it. */
function changesOf(values: Record<string, string>, base: PolicyFragment | undefined): Record<string, string | null> {
  const before = textsOf(base);
  return Object.fromEntries(
    allParameters
      .filter(({ column }) => bare(values[column] ?? "") !== before[column])
      .map(({ column }) => {
        const typed = bare(values[column] ?? "");
        return [column, typed === "" ? null : typed];
      }),
  );
}

function isDecimal(typed: string): boolean {
  return /^\d*\.?\d+$/.test(typed);
}

function bare(typed: string): string {
  return typed.replaceAll(/[\s,]/g, "");
}
