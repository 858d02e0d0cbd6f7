import { FileQuestion, Printer } from "lucide-react";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { useReadAgain } from "../../api/read-again.ts";
import { useMe } from "../../api/session.tsx";
import { Badge } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import { Empty } from "../../components/empty.tsx";
import { Fact, Facts } from "../../components/facts.tsx";
import { Notice, NoticeText, QueryProblem } from "../../components/notice.tsx";
import { Card, Page } from "../../components/page.tsx";
import { Loading, Skeleton } from "../../components/skeleton.tsx";
import {
  type CaseFragment,
  type CaseNoteFragment,
  type FilingFragment,
  type PatronDayRowFragment,
  useCaseLiveSubscription,
  useCaseQuery,
} from "../../generated/graphql.ts";
import { formatDate, formatDay, formatMoney } from "../../lib/format.ts";
import { isPresent } from "../../lib/present.ts";
import { isUuid } from "../../lib/uuid.ts";
import { words } from "../../words/words.ts";
import { describe, nameOf, nameOfPerson } from "../compliance/person.ts";
import { ReviewersOnly } from "../compliance/reviewers-only.tsx";
import { type PersonDay, usePersonDay } from "../compliance/use-person-day.ts";
import { CaseActions } from "./case-actions.tsx";
import { CaseNotes } from "./case-notes.tsx";
import styles from "./case-page.module.css";
import { CaseState, DueClock } from "./case-state.tsx";
import { CaseSums } from "./case-sums.tsx";
import { Filings } from "./filings.tsx";
import { Identification } from "./identification.tsx";
import { IdentifyDialog } from "./identify.tsx";
import { Links } from "./links.tsx";
import { Steps } from "./steps.tsx";
import { Timeline } from "./timeline.tsx";

const t = words("ctrCase");

export function CasePage() {
  return (
    <ReviewersOnly title={t("case")}>
      <OneCase />
    </ReviewersOnly>
  );
}

function OneCase() {
  const { caseId = "" } = useParams();
  const isCaseId = isUuid(caseId);
  const variables = { caseId };
  const [{ data, error, fetching }, refetch] = useCaseQuery({
    variables,
    pause: !isCaseId,
    requestPolicy: "cache-and-network",
  });
  // Each event carries this case into the cache, from which the query above is answered.
  const [{ error: missed }] = useCaseLiveSubscription({ variables, pause: !isCaseId });
  const retry = () => refetch({ requestPolicy: "network-only" });
  useReadAgain(missed, refetch);
  const found = data?.ctrCaseSummary;

  // Coming from another case, that one is still there until this one's answer comes.
  if (data && found?.caseId === caseId.toLowerCase()) {
    return (
      <CaseView
        key={caseId}
        found={found}
        filings={data.ctrFilings?.nodes.filter(isPresent) ?? []}
        notes={data.mtlAuditNotes?.nodes.filter(isPresent) ?? []}
      />
    );
  }
  return (
    <Page title={t("case")} narrow>
      {error && <QueryProblem error={error} onRetry={retry} />}
      {!error && fetching && <CaseSkeleton />}
      {!error && !fetching && (
        <Empty
          icon={<FileQuestion size={22} />}
          title={t("nothing.title")}
          actions={<Link to="/compliance">{t("nothing.go")}</Link>}
        >
          {t("nothing.text")}
        </Empty>
      )}
    </Page>
  );
}

interface CaseViewProps {
  found: CaseFragment;
  filings: readonly FilingFragment[];
  notes: readonly CaseNoteFragment[];
}

function CaseView({ found, filings, notes }: CaseViewProps) {
  const me = useMe();
  const { patronId, gamingDay, state } = found;
  const name = nameOf(found);
  const merged = state === "merged";
  // What was missing a moment ago may be there now: a refusal of the case's step is then old.
  const [saves, setSaves] = useState(0);
  const day = usePersonDay(patronId ?? "", gamingDay ?? "");
  return (
    <Page
      title={name}
      tabTitle={t("caseOf", { name })}
      narrow
      beside={
        <p className={styles.state}>
          <span className={styles.what}>{t("case")}</span>
          <CaseState state={state ?? ""} />
          {found.amendmentDue && <Badge tone="warn">{t("amendmentDue")}</Badge>}
          {found.unfiled && <DueClock due={found} />}
        </p>
      }
      aside={
        <div className={styles.aside}>
          <Link className={styles.back ?? ""} to={`/compliance?day=${gamingDay}`}>
            {t("gamingDay", { day: formatDay(gamingDay ?? "") })}
          </Link>
          <Button icon={<Printer size={17} />} onPress={() => window.print()}>
            {t("print")}
          </Button>
        </div>
      }
    >
      <p className={styles.paper}>{t("paper", { casino: me.casinoName, day: formatDay(gamingDay ?? "") })}</p>
      {merged && (
        <Notice title={t("merged.title")}>
          <NoticeText>
            {t("merged.text")}{" "}
            <Link className={styles.link ?? ""} to={`/compliance/cases/${found.mergedIntoCaseId}`}>
              {t("merged.go")}
            </Link>
          </NoticeText>
        </Notice>
      )}
      {found.closedReason && (
        <Notice title={t("closed")}>
          <NoticeText>{found.closedReason}</NoticeText>
        </Notice>
      )}
      <div className={styles.columns}>
        <div className={styles.column}>
          <CaseCard key={saves} found={found} row={day.data?.patronDay ?? null} />
          <DayOfPerson patronId={patronId ?? ""} day={day} />
        </div>
        <div className={styles.column}>
          <Identification patronId={patronId ?? ""} editable={!merged} onSaved={() => setSaves((count) => count + 1)} />
          <Filings filings={filings} />
          <CaseNotes caseId={found.caseId ?? ""} notes={notes} />
        </div>
      </div>
    </Page>
  );
}

function CaseCard({ found, row }: { found: CaseFragment; row: PatronDayRowFragment | null }) {
  return (
    <Card title={t("report.title")} label={t("report.title")}>
      {found.state !== "merged" && found.state !== "closed" && <Steps state={found.state ?? ""} />}
      <CaseSums
        cashIn={found.cashIn}
        cashOut={found.cashOut}
        badgeIn={row?.badgeIn ?? null}
        badgeOut={row?.badgeOut ?? null}
      />
      <Facts>
        <Fact label={t("report.due")}>{formatDate(found.dueOn ?? "")}</Fact>
        {found.cardNo && <Fact label={t("report.card")}>{found.cardNo}</Fact>}
        {found.bsaId && <Fact label={t("report.bsaId")}>{found.bsaId}</Fact>}
      </Facts>
      {found.amendmentDue && (
        <Notice tone="warn" title={t("report.changed")}>
          <NoticeText>
            {t("report.filed", {
              in: formatMoney(found.filedCashIn ?? "0"),
              out: formatMoney(found.filedCashOut ?? "0"),
            })}
          </NoticeText>
        </Notice>
      )}
      <CaseActions found={found} />
    </Card>
  );
}

function DayOfPerson({ patronId, day }: { patronId: string; day: PersonDay }) {
  const { data, error, retry } = day;
  const [identifying, setIdentifying] = useState(false);
  const entries = data?.mtlLogs?.nodes.filter(isPresent) ?? [];
  const links = data?.links?.nodes.filter(isPresent) ?? [];
  const person = data?.patron ?? null;
  return (
    <>
      {data && person?.playerId === null && data.linkedAs?.nodes.length === 0 && (
        <Card
          title={t("person.not")}
          label={t("person.who")}
          aside={<Button onPress={() => setIdentifying(true)}>{t("person.identify")}</Button>}
        >
          <p>{describe(person) ?? t("person.nothing")}</p>
        </Card>
      )}
      {links.length > 0 && (
        <Card title={t("person.links")} label={t("person.links")}>
          <Links links={links} />
        </Card>
      )}
      <Card title={t("entries.title")} label={t("entries.title")} padded={false}>
        {error && !data && <QueryProblem error={error} onRetry={retry} />}
        {!data && !error && (
          <Loading what={t("entries.loading")}>
            <Skeleton height="14rem" />
          </Loading>
        )}
        {data && <Timeline entries={entries} total={data.mtlLogs?.totalCount ?? entries.length} />}
      </Card>
      {identifying && (
        <IdentifyDialog patronId={patronId} name={nameOfPerson(person)} onClose={() => setIdentifying(false)} />
      )}
    </>
  );
}

function CaseSkeleton() {
  return (
    <Loading what={t("loading")}>
      <div className={styles.columns}>
        <div className={styles.column}>
          <Skeleton height="13rem" />
          <Skeleton height="18rem" />
        </div>
        <div className={styles.column}>
          <Skeleton height="14rem" />
          <Skeleton height="9rem" />
        </div>
      </div>
    </Loading>
  );
}
