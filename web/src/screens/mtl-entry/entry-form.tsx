import { fromAbsolute, type ZonedDateTime } from "@internationalized/date";
import { Clock, LogOut, UserRoundPlus } from "lucide-react";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { useCommand } from "../../api/command.ts";
import { useMe } from "../../api/session.tsx";
import { Button } from "../../components/button.tsx";
import { Choices } from "../../components/choices.tsx";
import { CommandProblem } from "../../components/command-problem.tsx";
import { focusHour, TypedMoment } from "../../components/day-field.tsx";
import { Field } from "../../components/field.tsx";
import { Notice, NoticeText } from "../../components/notice.tsx";
import { Card } from "../../components/page.tsx";
import { type Option, Picker } from "../../components/picker.tsx";
import { Segmented } from "../../components/segmented.tsx";
import { Shortcut } from "../../components/shortcut.tsx";
import {
  type CashKindFragment,
  type RecordedCashFragment,
  useLeavesTableMutation,
  useRecordMtlEntryMutation,
} from "../../generated/graphql.ts";
import { serverTime } from "../../lib/clock.ts";
import { formatMoney } from "../../lib/format.ts";
import { parseAmount } from "../../lib/money.ts";
import { ariaShortcut, useShortcuts } from "../../lib/shortcuts.ts";
import { term } from "../../words/term.ts";
import { words } from "../../words/words.ts";
import { DescribeDialog } from "./describe-dialog.tsx";
import { type Direction, type Draft, fits, idsOf, kindFor, nextDraft, type Person, rememberPlace } from "./draft.ts";
import { DuplicateDialog } from "./duplicate-dialog.tsx";
import styles from "./entry-form.module.css";
import { PatronField } from "./patron-field.tsx";
import { useFocusMove } from "./use-focus-move.ts";

const t = words("mtlEntry");

export interface Recorded {
  result: RecordedCashFragment;
  /** For whom it counts. */
  person: Person;
  /** Who brought or took it for them, if somebody did. */
  agent: Person | undefined;
  kind: string;
  /** "0" when it was voided. */
  correctedTo?: string;
  identified?: Identified;
}

/** How much of what a report needs was written down since. */
export type Identified = "partly" | "complete";

interface EntryFormProps {
  kinds: readonly CashKindFragment[];
  areas: readonly Option<string>[];
  tenders: readonly Option<string>[];
  tables: readonly { tableId: string; label: string }[];
  initial: Draft;
  onRecorded: (recorded: Recorded) => void;
}

const NO_TABLE = "none";
const MONEY_PLAY = "money_play";

/**
 * One entry after the other: what is recorded empties the form for the next person, at the same
 * place. Whatever may be wrong with an entry is the database's to say.
 */
export function EntryForm({ kinds, areas, tenders, tables, initial, onRecorded }: EntryFormProps) {
  const me = useMe();
  const [draft, setDraft] = useState(initial);
  const [round, setRound] = useState(0);
  const [asked, setAsked] = useState<"entry" | "leaving">();
  const [open, setOpen] = useState<"describe">();
  const [confirming, setConfirming] = useState(false);
  const [forSomebody, setForSomebody] = useState(initial.agentFor !== undefined);
  const [, execute] = useRecordMtlEntryMutation();
  const record = useCommand(execute, (answer) => answer.recordMtlEntry?.mtlResult);
  const [, executeLeaving] = useLeavesTableMutation();
  const leaving = useCommand(executeLeaving, (answer) => answer.leavesTable?.departureResult);

  const form = useRef<HTMLFormElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const agentSearch = useRef<HTMLInputElement>(null);
  const amountField = useRef<HTMLInputElement>(null);
  const noteField = useRef<HTMLInputElement>(null);
  const tablePicker = useRef<HTMLButtonElement>(null);
  const momentField = useRef<HTMLDivElement>(null);
  const kindList = useRef<HTMLDivElement>(null);

  const moveTo = useFocusMove();

  const change = (part: Partial<Draft>) => {
    setDraft((now) => ({ ...now, ...part }));
    if (record.state === "refused") record.reset();
    if (leaving.state !== "idle") leaving.reset();
  };
  const kind = kindFor(kinds, draft.direction, draft.kind);
  const kindName = term("cashKind", kind?.kind ?? "");
  const amount = parseAmount(draft.amount);
  const amountFits = amount !== undefined && /[1-9]/.test(amount);
  const noteMissing = kind?.needsNote === true && draft.note.trim() === "";
  const agentMissing = forSomebody && draft.agentFor === undefined;
  const timeMissing = draft.earlier === null;
  const ready = draft.person && kind !== undefined && amountFits && !noteMissing && !agentMissing && !timeMissing;
  const locked = record.locked || leaving.locked;
  const unanswered = record.state === "unanswered" || leaving.state === "unanswered";
  const refusedTime =
    draft.earlier !== undefined
      ? [record.problem, leaving.problem].find((problem) => problem?.code === "INVALID_TIME")
      : undefined;
  // Whose bet it is, and where it lies.
  const player = forSomebody ? draft.agentFor : draft.person;
  const table = tables.find(({ tableId }) => tableId === draft.tableId);
  const tableMissing = table === undefined;
  const duplicate = confirming || record.problem?.code === "MTL_POSSIBLE_DUPLICATE";

  const turn = (direction: Direction) => change({ direction, kind: kindFor(kinds, direction, draft.kind)?.kind });
  const setEarlier = (earlier: ZonedDateTime | null | undefined) => change({ earlier });
  const askWhen = () => {
    if (draft.earlier !== undefined) return focusHour(momentField.current);
    setEarlier(fromAbsolute(serverTime(), me.timezone).set({ second: 0, millisecond: 0 }));
  };
  const toAmount = () => moveTo(amountField);
  const choose = (person: Person) => {
    change({ person });
    toAmount();
  };
  const searchAgain = () => {
    change({ person: undefined });
    moveTo(search);
  };
  const askForWhom = () => {
    setForSomebody(true);
    change({ agentFor: undefined });
    moveTo(agentSearch);
  };

  useEffect(() => {
    if (refusedTime) focusHour(momentField.current);
  }, [refusedTime]);

  useShortcuts(
    locked
      ? {}
      : {
          I: () => turn("in"),
          O: () => turn("out"),
          P: searchAgain,
          U: () => setOpen("describe"),
          K: () => focusChosen(kindList.current),
          A: toAmount,
          B: askForWhom,
          N: () => noteField.current?.focus(),
          E: askWhen,
          L: () => kind?.kind === MONEY_PLAY && leave(),
        },
  );

  const send = async (confirmDuplicate: boolean) => {
    const { person } = draft;
    if (!person || !kind || amount === undefined) return;
    const result = await record.send({
      ...idsOf(person),
      direction: draft.direction,
      kind: kind.kind,
      area: draft.area,
      tender: draft.tender,
      amount,
      occurredAt: draft.earlier?.toAbsoluteString() ?? null,
      tableId: draft.tableId === "" ? null : draft.tableId,
      windowNo: draft.windowNo.trim() || null,
      agentForPlayerId: draft.agentFor?.playerId ?? null,
      foreignCurrency: draft.foreignCurrency.trim() || null,
      note: draft.note.trim() || null,
      confirmDuplicate,
    });
    if (!result) return;
    rememberPlace(draft);
    const { agentFor } = draft;
    onRecorded({ result, person: agentFor ?? person, agent: agentFor && person, kind: term("cashKind", kind.kind) });
    record.reset();
    setAsked(undefined);
    setForSomebody(false);
    setDraft(nextDraft(draft, kind));
    setRound(round + 1);
  };

  const confirmDuplicate = async () => {
    setConfirming(true);
    await send(true);
    setConfirming(false);
  };

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (unanswered || record.busy) return;
    if (ready) return void send(false);
    setAsked("entry");
    if (!draft.person) search.current?.focus();
    else if (!amountFits) amountField.current?.focus();
    else if (agentMissing) agentSearch.current?.focus();
    else if (noteMissing) noteField.current?.focus();
    else if (timeMissing) focusHour(momentField.current);
  };

  const sendLeaving = async () => {
    if (!player || tableMissing) return;
    const left = await leaving.send({
      ...idsOf(player),
      tableId: table.tableId,
      occurredAt: draft.earlier?.toAbsoluteString() ?? null,
    });
    if (left) toAmount();
  };

  const leave = () => {
    if (unanswered || leaving.busy) return;
    if (player && !tableMissing && !timeMissing) return void sendLeaving();
    setAsked("leaving");
    if (!draft.person) search.current?.focus();
    else if (agentMissing) agentSearch.current?.focus();
    else if (tableMissing) tablePicker.current?.focus();
    else focusHour(momentField.current);
  };

  return (
    <Card label={t("title")}>
      <form ref={form} className={styles.form} onSubmit={submit}>
        <Segmented
          label={t("form.direction")}
          value={draft.direction}
          onChange={turn}
          options={directions()}
          isDisabled={locked}
        />
        <PatronField
          key={`person ${round}`}
          label={forSomebody ? t("form.agent") : t("form.patron")}
          letter="P"
          person={draft.person}
          onPick={choose}
          onOther={searchAgain}
          onDescribe={() => setOpen("describe")}
          inputRef={search}
          missing={asked !== undefined}
          isDisabled={locked}
          autoFocus={draft.person === undefined}
        />
        {forSomebody && (
          <PatronField
            key={`behalf ${round}`}
            label={t("form.behalf")}
            letter="B"
            hint={t("form.behalfHint")}
            playersOnly
            person={draft.agentFor}
            onPick={(agentFor) => {
              change({ agentFor });
              toAmount();
            }}
            onOther={askForWhom}
            onNobody={() => {
              setForSomebody(false);
              change({ agentFor: undefined });
            }}
            inputRef={agentSearch}
            missing={asked !== undefined}
            isDisabled={locked}
          />
        )}
        <Choices
          label={t("form.kind")}
          aside={<Shortcut letter="K" />}
          keyShortcut={ariaShortcut("K")}
          choices={kinds
            .filter((each) => fits(each, draft.direction))
            .map((each) => ({ id: each.kind, label: term("cashKind", each.kind) }))}
          value={kind?.kind}
          onChange={(chosen) => change({ kind: chosen })}
          listRef={kindList}
          isDisabled={locked}
        />
        <div className={styles.row}>
          <Field
            label={kind?.direction === "both" ? t("form.amountUsd") : t("form.amount")}
            aside={<Shortcut letter="A" />}
            keyShortcut={ariaShortcut("A")}
            value={draft.amount}
            onChange={(typed) => change({ amount: typed })}
            prefix="$"
            inputMode="decimal"
            autoComplete="off"
            numeric
            inputRef={amountField}
            isDisabled={locked}
            error={amountError(draft.amount, amountFits, asked === "entry")}
            autoFocus={draft.person !== undefined}
          />
          {kind?.direction === "both" && (
            <Field
              label={t("form.foreign")}
              aside={t("form.ifAny")}
              placeholder={t("form.example")}
              value={draft.foreignCurrency}
              onChange={(code) => change({ foreignCurrency: code.toUpperCase() })}
              autoComplete="off"
              verbatim
              isDisabled={locked}
            />
          )}
          <Field
            label={t("form.note")}
            aside={
              kind?.needsNote ? (
                <>
                  {t("form.needed")} <Shortcut letter="N" />
                </>
              ) : (
                <Shortcut letter="N" />
              )
            }
            keyShortcut={ariaShortcut("N")}
            value={draft.note}
            onChange={(note) => change({ note })}
            autoComplete="off"
            inputRef={noteField}
            isDisabled={locked}
            error={asked === "entry" && noteMissing ? t("form.needsNote", { kind: kindName }) : undefined}
          />
        </div>
        <div className={styles.place}>
          <Picker
            label={t("form.area")}
            options={areas}
            value={draft.area}
            onChange={(area) => change({ area })}
            isDisabled={locked}
          />
          <Picker
            label={t("form.table")}
            options={[
              { id: NO_TABLE, label: "–" },
              ...tables.map((table) => ({ id: table.tableId, label: table.label })),
            ]}
            value={draft.tableId === "" ? NO_TABLE : draft.tableId}
            onChange={(id) => change({ tableId: id === NO_TABLE ? "" : id })}
            buttonRef={tablePicker}
            error={asked === "leaving" && tableMissing ? t("form.which") : undefined}
            isDisabled={locked}
          />
          <Field
            label={t("form.window")}
            value={draft.windowNo}
            onChange={(windowNo) => change({ windowNo })}
            autoComplete="off"
            isDisabled={locked}
          />
          <Picker
            label={t("form.tender")}
            options={tenders}
            value={draft.tender}
            onChange={(tender) => change({ tender })}
            isDisabled={locked}
          />
        </div>
        {kind?.kind === MONEY_PLAY && (
          <div>
            <Button
              icon={<LogOut size={18} />}
              keyShortcut={ariaShortcut("L")}
              isPending={leaving.busy}
              isDisabled={record.locked || leaving.state === "unanswered"}
              onPress={leave}
            >
              {t("form.leaves")} <Shortcut letter="L" />
            </Button>
          </div>
        )}
        {draft.earlier !== undefined && (
          <div className={styles.earlier}>
            <TypedMoment
              label={t("form.when")}
              aside={<Shortcut letter="E" />}
              value={draft.earlier}
              onChange={setEarlier}
              onEnter={() => form.current?.requestSubmit()}
              fieldRef={momentField}
              isReadOnly={locked}
              error={refusedTime?.message ?? (asked && timeMissing ? t("form.whenMissing") : undefined)}
            />
            <Button
              isDisabled={locked}
              onPress={() => {
                setEarlier(undefined);
                toAmount();
              }}
            >
              {t("form.now")}
            </Button>
          </div>
        )}
        {!duplicate && !refusedTime && <CommandProblem status={record} onRetry={() => void send(false)} />}
        {!refusedTime && <CommandProblem status={leaving} onRetry={() => void sendLeaving()} />}
        {leaving.result && player && table && (
          <Left amount={leaving.result.endedAmount} name={player.name} table={table.label} />
        )}
        <div className={styles.actions}>
          <div className={styles.more}>
            {!forSomebody && (
              <Button
                look="quiet"
                icon={<UserRoundPlus size={18} />}
                keyShortcut={ariaShortcut("B")}
                isDisabled={locked}
                onPress={askForWhom}
              >
                {t("form.forOther")} <Shortcut letter="B" />
              </Button>
            )}
            {draft.earlier === undefined && (
              <Button
                look="quiet"
                icon={<Clock size={18} />}
                keyShortcut={ariaShortcut("E")}
                isDisabled={locked}
                onPress={askWhen}
              >
                {t("form.earlier")} <Shortcut letter="E" />
              </Button>
            )}
          </div>
          <Button type="submit" look="primary" isPending={record.busy} isDisabled={unanswered}>
            {amountFits
              ? t("form.recordAmount", { amount: formatMoney(amount), direction: term("direction", draft.direction) })
              : t("form.record")}
          </Button>
        </div>
      </form>
      {open === "describe" && (
        <DescribeDialog
          onClose={() => setOpen(undefined)}
          onDescribed={(person) => {
            setOpen(undefined);
            choose(person);
          }}
        />
      )}
      {duplicate && (
        <DuplicateDialog
          what={t("form.what", {
            amount: formatMoney(amount ?? "0"),
            direction: term("direction", draft.direction),
            kind: kindName,
          })}
          person={draft.person?.name ?? ""}
          problem={record.problem}
          busy={record.busy}
          onConfirm={() => void confirmDuplicate()}
          onClose={() => {
            record.reset();
            toAmount();
          }}
        />
      )}
    </Card>
  );
}

/** What a money play counts as is the increase; somebody who has left begins anew. */
function Left({ amount, name, table }: { amount: string | null | undefined; name: string; table: string }) {
  if (amount == null) {
    return <Notice title={t("left.nothing", { name, table })} live="status" />;
  }
  return (
    <Notice tone="good" title={t("left.rides", { amount: formatMoney(amount), name, table })} live="status">
      <NoticeText>{t("left.next")}</NoticeText>
    </Notice>
  );
}

const directions = () =>
  [
    {
      id: "in",
      label: (
        <>
          {t("form.in")} <Shortcut letter="I" />
        </>
      ),
      name: t("form.in"),
      keyShortcut: ariaShortcut("I"),
    },
    {
      id: "out",
      label: (
        <>
          {t("form.out")} <Shortcut letter="O" />
        </>
      ),
      name: t("form.out"),
      keyShortcut: ariaShortcut("O"),
    },
  ] as const;

function amountError(typed: string, fitting: boolean, asked: boolean): string | undefined {
  if (fitting) return undefined;
  if (typed.trim() === "") return asked ? t("form.howMuch") : undefined;
  return t("form.invalid");
}

/** The chosen one of a list, or the list itself, which hands the focus on. */
function focusChosen(list: HTMLElement | null): void {
  const chosen = list?.querySelector<HTMLElement>("[role=option][aria-selected=true]");
  (chosen ?? list)?.focus();
}
