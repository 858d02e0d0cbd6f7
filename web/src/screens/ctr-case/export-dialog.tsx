import { Download } from "lucide-react";
import { useState } from "react";
import { Link } from "react-router";
import type { Problem } from "../../api/errors.ts";
import { askHttp } from "../../api/http.ts";
import { useMe } from "../../api/session.tsx";
import { Button } from "../../components/button.tsx";
import { TypedDate } from "../../components/day-field.tsx";
import { Dialog, DialogActions, DialogForm } from "../../components/dialog.tsx";
import { Notice, NoticeText, ProblemNotice } from "../../components/notice.tsx";
import { saveFile } from "../../lib/download.ts";
import { formatDay } from "../../lib/format.ts";
import { words } from "../../words/words.ts";
import { nameOf } from "../compliance/person.ts";
import styles from "./export-dialog.module.css";
import { labelsOf } from "./labels.ts";

const t = words("ctrCase");

interface ExportDialogProps {
  /** The gaming days to begin with; empty when none has something to file. */
  first: string;
  last: string;
  onClose: () => void;
}

/** The batch file of a period's cases for FinCEN: complete and valid, or refused with what is missing. */
export function ExportDialog({ first, last, onClose }: ExportDialogProps) {
  const me = useMe();
  const [from, setFrom] = useState(first);
  const [to, setTo] = useState(last);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const [saved, setSaved] = useState<string>();
  const ready = from !== "" && to !== "" && from <= to;

  const download = async () => {
    setBusy(true);
    setProblem(undefined);
    setSaved(undefined);
    const period = new URLSearchParams({ from, to });
    const answer = await askHttp(`/ctr/batch.xml?${period}`, {}, t("export.failed"));
    setProblem(answer.problem);
    if (answer.response) {
      const name = `ctr-${from}-${to}.xml`;
      saveFile(name, await answer.response.blob());
      setSaved(name);
    }
    setBusy(false);
  };

  return (
    <Dialog title={t("export.title")} subtitle={t("export.subtitle")} onClose={onClose} busy={busy}>
      <DialogForm onSubmit={() => ready && void download()}>
        <div className={styles.period}>
          <TypedDate label={t("export.from")} value={from} onChange={setFrom} last={me.gamingDay} isDisabled={busy} />
          <TypedDate
            label={t("export.to")}
            value={to}
            onChange={setTo}
            last={me.gamingDay}
            isDisabled={busy}
            error={from !== "" && to !== "" && from > to ? t("export.before") : undefined}
          />
        </div>
        {first === "" && !problem && !saved && <Notice title={t("export.nothing")} />}
        {problem && (
          <>
            <ProblemNotice problem={problem} />
            <Incomplete cases={problem.details.cases} onGo={onClose} />
          </>
        )}
        {saved && (
          <Notice tone="good" title={t("export.made", { file: saved })} live="status">
            <NoticeText>{t("export.send")}</NoticeText>
          </Notice>
        )}
        <DialogActions>
          <Button onPress={onClose} isDisabled={busy}>
            {saved ? t("done") : t("cancel")}
          </Button>
          <Button type="submit" look="primary" icon={<Download size={17} />} isPending={busy} isDisabled={!ready}>
            {t("export.make")}
          </Button>
        </DialogActions>
      </DialogForm>
    </Dialog>
  );
}

/** What a refusal says is missing, case by case. */
function Incomplete({ cases, onGo }: { cases: unknown; onGo: () => void }) {
  if (!Array.isArray(cases)) return null;
  return (
    <ul className={styles.cases} aria-label={t("export.incomplete")}>
      {cases.filter(isIncomplete).map((each) => (
        <li key={each.caseId}>
          <Link className={styles.case ?? ""} to={`/compliance/cases/${each.caseId}`} onClick={onGo}>
            {t("of", { name: nameOf({ name: each.name ?? null, description: null }), day: formatDay(each.gamingDay) })}
          </Link>
          <span className={styles.missing}>{labelsOf(each.missing)}</span>
        </li>
      ))}
    </ul>
  );
}

interface IncompleteCase {
  caseId: string;
  gamingDay: string;
  name?: string | null;
  missing: unknown;
}

function isIncomplete(value: unknown): value is IncompleteCase {
  const { caseId, gamingDay } = (value ?? {}) as Partial<IncompleteCase>;
  return typeof caseId === "string" && typeof gamingDay === "string";
}
