import { Download, FileCheck2, ShieldCheck, Stamp } from "lucide-react";
import { useState } from "react";
import { FileTrigger } from "react-aria-components";
import { useCommand } from "../../api/command.ts";
import { toProblem } from "../../api/errors.ts";
import { useMe } from "../../api/session.tsx";
import { Button } from "../../components/button.tsx";
import { CommandProblem } from "../../components/command-problem.tsx";
import { Empty } from "../../components/empty.tsx";
import { Notice, NoticeText, ProblemNotice, QueryProblem } from "../../components/notice.tsx";
import { Card } from "../../components/page.tsx";
import { Pager } from "../../components/pager.tsx";
import { Loading, Skeleton } from "../../components/skeleton.tsx";
import { SimpleTable } from "../../components/table.tsx";
import {
  ExportSealsDocument,
  type ExportSealsQuery,
  type ExportSealsQueryVariables,
  useSealLedgerMutation,
  useSealsQuery,
  VerifySealsDocument,
  type VerifySealsQuery,
  type VerifySealsQueryVariables,
} from "../../generated/graphql.ts";
import { saveFile } from "../../lib/download.ts";
import { formatDateTime, formatDay, formatPoints } from "../../lib/format.ts";
import { isPresent } from "../../lib/present.ts";
import { words } from "../../words/words.ts";
import { useStaffNames } from "../staff/use-staff-names.ts";
import { Problems } from "./problems.tsx";
import { useAsk } from "./use-ask.ts";
import { Verdict } from "./verdict.tsx";
import styles from "./verification.module.css";

const t = words("verification");

const PAGE = 14;

/** The seals of the gaming days: checked against the ledger, or against a copy kept elsewhere. */
export function Seals() {
  const check = useAsk<VerifySealsQuery, VerifySealsQueryVariables>(VerifySealsDocument);
  const [file, setFile] = useState<{ name: string; unreadable: boolean }>();
  const [asked, setAsked] = useState<unknown>(null);
  const result = check.data?.verifySeals;
  const send = (content: unknown) => {
    setAsked(content);
    void check.send({ file: content });
  };
  const choose = async (chosen: File | undefined) => {
    if (!chosen) return;
    const content = readJson(await chosen.text());
    setFile({ name: chosen.name, unreadable: content === undefined });
    if (content !== undefined) send(content);
  };

  return (
    <>
      <Card
        title={t("seals.title")}
        label={t("seals.title")}
        aside={
          <div className={styles.actions}>
            <Export />
            <FileTrigger acceptedFileTypes={["application/json", ".json"]} onSelect={(list) => void choose(list?.[0])}>
              <Button icon={<FileCheck2 size={17} />} isDisabled={check.busy}>
                {t("seals.verifyFile")}
              </Button>
            </FileTrigger>
            <Button
              look="primary"
              icon={<ShieldCheck size={17} />}
              isPending={check.busy}
              onPress={() => {
                setFile(undefined);
                send(null);
              }}
            >
              {t("seals.verify")}
            </Button>
          </div>
        }
      >
        {file?.unreadable && (
          <Notice tone="warn" title={t("seals.unreadable", { file: file.name })} live="alert">
            <NoticeText>{t("seals.choose")}</NoticeText>
          </Notice>
        )}
        {!result && !check.error && !file?.unreadable && (
          <p className={styles.about} role="status">
            {check.busy ? t("verifying") : t("seals.about")}
          </p>
        )}
        {check.error && <QueryProblem error={check.error} onRetry={() => send(asked)} />}
        {result && (
          <>
            <Verdict
              intact={result.intact === true}
              good={file ? t("seals.fits", { file: file.name }) : t("seals.hold")}
              bad={file ? t("seals.fitsNot", { file: file.name }) : t("seals.holdNot")}
              about={t("seals.verified", { seals: Number(result.seals ?? 0) })}
            />
            <Problems
              label={t("seals.problems")}
              problems={result.problems?.filter(isPresent) ?? []}
              found={result.problemsFound}
            />
          </>
        )}
      </Card>
      <SealList />
    </>
  );
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The small file that is kept where nobody of the house can change it. */
function Export() {
  const me = useMe();
  const ask = useAsk<ExportSealsQuery, ExportSealsQueryVariables>(ExportSealsDocument);
  const save = async () => {
    const answer = await ask.send({ withPlayers: false });
    if (!answer) return;
    const content = JSON.stringify(answer.exportSeals);
    saveFile(`seals-${me.gamingDay}.json`, new Blob([content], { type: "application/json" }));
  };
  return (
    <>
      {ask.error && <ProblemNotice problem={toProblem(ask.error)} />}
      <Button icon={<Download size={17} />} isPending={ask.busy} onPress={() => void save()}>
        {t("seals.export")}
      </Button>
    </>
  );
}

function SealList() {
  const me = useMe();
  const nameOf = useStaffNames();
  const [page, setPage] = useState(1);
  const [{ data, error, fetching }, refetch] = useSealsQuery({
    variables: { offset: (page - 1) * PAGE },
    requestPolicy: "cache-and-network",
  });
  const [, execute] = useSealLedgerMutation();
  const seal = useCommand(execute, (answer) => answer.sealLedger?.sealResult);
  const send = () => void seal.send({ gamingDay: null });
  const seals = data?.ledgerSeals;
  return (
    <Card
      title={t("sealed.title")}
      padded={false}
      aside={
        <Button icon={<Stamp size={17} />} isPending={seal.busy} onPress={send}>
          {t("sealed.seal")}
        </Button>
      }
    >
      {seal.problem && (
        <div className={styles.pad}>
          <CommandProblem status={seal} onRetry={send} />
        </div>
      )}
      {seal.result?.ledgerSeal && (
        <div className={styles.pad}>
          <Notice
            tone="good"
            title={
              seal.result.replayed
                ? t("sealed.already", { day: formatDay(seal.result.ledgerSeal.gamingDay) })
                : t("sealed.done", { day: formatDay(seal.result.ledgerSeal.gamingDay) })
            }
            live="status"
          />
        </div>
      )}
      {error && <QueryProblem error={error} onRetry={() => refetch({ requestPolicy: "network-only" })} />}
      {!seals && fetching && (
        <Loading what={t("sealed.loading")}>
          <Skeleton height="8rem" />
        </Loading>
      )}
      {seals?.totalCount === 0 && (
        <Empty icon={<Stamp size={22} />} title={t("sealed.empty")}>
          {t("sealed.night")}
        </Empty>
      )}
      {seals && seals.totalCount > 0 && (
        <>
          <SimpleTable
            label={t("sealed.title")}
            rows={seals.nodes.filter(isPresent)}
            keyOf={(each) => each.gamingDay}
            columns={[
              { name: t("problems.gamingDay"), of: (each) => formatDay(each.gamingDay) },
              { name: t("sealed.at"), of: (each) => formatDateTime(each.sealedAt, me.timezone) },
              { name: t("sealed.by"), wide: true, of: (each) => nameOf(each.sealedBy) ?? t("sealed.system") },
              { name: t("sealed.players"), right: true, of: (each) => formatPoints(each.players) },
              { name: t("sealed.entries"), right: true, of: (each) => formatPoints(each.entries) },
              { name: t("sealed.hash"), of: (each) => <code className={styles.hash}>{each.seal.slice(0, 16)}…</code> },
            ]}
          />
          <Pager page={page} size={PAGE} total={seals.totalCount} onPage={setPage} />
        </>
      )}
    </Card>
  );
}
