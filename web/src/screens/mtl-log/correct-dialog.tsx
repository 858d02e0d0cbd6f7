import { useState } from "react";
import { useCommand } from "../../api/command.ts";
import { Button } from "../../components/button.tsx";
import { CommandForm } from "../../components/command-form.tsx";
import { Dialog, DialogActions } from "../../components/dialog.tsx";
import { Fact, Facts } from "../../components/facts.tsx";
import { Field } from "../../components/field.tsx";
import { CorrelationId, Notice, NoticeText } from "../../components/notice.tsx";
import { ReasonField } from "../../components/reason-field.tsx";
import { type CorrectedCashFragment, useCorrectMtlEntryMutation } from "../../generated/graphql.ts";
import { formatMoney } from "../../lib/format.ts";
import { amountText, parseAmount } from "../../lib/money.ts";
import { term } from "../../words/term.ts";
import { words } from "../../words/words.ts";

const t = words("mtlLog");

interface CorrectDialogProps {
  entry: { entryId: string; direction: string; amount: string };
  kind: string;
  person: string;
  onCorrected?: (amount: string) => void;
  onClose: () => void;
}

/** Says what an entry should have been: an offset takes it back, a replacement stands instead. */
export function CorrectDialog({ entry, kind, person, onCorrected, onClose }: CorrectDialogProps) {
  const [typed, setTyped] = useState("");
  const [reason, setReason] = useState("");
  const [, execute] = useCorrectMtlEntryMutation();
  const correct = useCommand(execute, (answer) => answer.correctMtlEntry?.correctionResult);
  const amount = parseAmount(typed);
  const same = amount !== undefined && exactly(amount) === exactly(entry.amount);
  const voided = amount !== undefined && !/[1-9]/.test(amount);
  const ready = amount !== undefined && !same && reason.trim() !== "";
  const send = async () => {
    if (amount === undefined) return;
    const done = await correct.send({ entryId: entry.entryId, amount, reason: reason.trim() });
    if (done) onCorrected?.(done.mtlEntry?.amount ?? "0");
  };

  return (
    <Dialog title={t("correct.title")} subtitle={`${kind} · ${person}`} onClose={onClose} busy={correct.busy}>
      {correct.result ? (
        <Outcome result={correct.result} onDone={onClose} />
      ) : (
        <CommandForm
          command={correct}
          onSend={send}
          onClose={onClose}
          isReady={ready}
          look={voided ? "danger" : "primary"}
          does={voided ? t("correct.void") : t("correct.it")}
          keeps={t("correct.keep")}
        >
          <Facts>
            <Fact label={t("correct.recorded")}>
              {t("amount", { amount: formatMoney(entry.amount), direction: term("direction", entry.direction) })}
            </Fact>
          </Facts>
          <Field
            label={t("correct.amount")}
            aside={t("correct.zero")}
            value={typed}
            onChange={setTyped}
            prefix="$"
            inputMode="decimal"
            autoComplete="off"
            numeric
            autoFocus
            isDisabled={correct.locked}
            error={amountError(typed, amount, same)}
          />
          <ReasonField value={reason} onChange={setReason} hint={t("correct.reason")} isDisabled={correct.locked} />
        </CommandForm>
      )}
    </Dialog>
  );
}

function Outcome({ result, onDone }: { result: CorrectedCashFragment; onDone: () => void }) {
  const { replayed, offsetEntry, mtlEntry, identificationNeeded } = result;
  return (
    <>
      <Notice
        tone={replayed ? "info" : "good"}
        title={
          replayed
            ? t("correct.already")
            : mtlEntry
              ? t("correct.done", { amount: formatMoney(mtlEntry.amount) })
              : t("correct.isVoid")
        }
        live="status"
      >
        <NoticeText>{offsetEntry && t("correct.taken", { amount: formatMoney(offsetEntry.amount) })}</NoticeText>
        <CorrelationId id={offsetEntry?.correlationId} />
      </Notice>
      {identificationNeeded && (
        <Notice tone="warn" title={t("correct.identify")} live="alert">
          <NoticeText>{t("correct.ask")}</NoticeText>
        </Notice>
      )}
      <DialogActions>
        <Button look="primary" onPress={onDone} autoFocus>
          {t("correct.close")}
        </Button>
      </DialogActions>
    </>
  );
}

/** One text for one amount: "1200" and "1200.00" are the same. */
function exactly(amount: string): string {
  return amountText(amount)
    .replace(/^0+(?=\d)/, "")
    .replace(/(\.\d)0$/, "$1");
}

function amountError(typed: string, amount: string | undefined, same: boolean): string | undefined {
  if (typed.trim() === "") return undefined;
  if (amount === undefined) return t("correct.invalid");
  return same ? t("correct.same") : undefined;
}
