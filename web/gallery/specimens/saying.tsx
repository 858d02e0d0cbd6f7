import { CircleCheck } from "lucide-react";
import { CombinedError } from "urql";
import { Button } from "../../src/components/button.tsx";
import { CommandProblem } from "../../src/components/command-problem.tsx";
import { Empty } from "../../src/components/empty.tsx";
import { CorrelationId, Notice, NoticeText, ProblemNotice, QueryProblem } from "../../src/components/notice.tsx";
import { part } from "../../src/components/part.tsx";
import { PartMissing } from "../../src/components/part-missing.tsx";
import { QueryState } from "../../src/components/query-state.tsx";
import { Loading, Skeleton } from "../../src/components/skeleton.tsx";
import { correlationId, fault, refusal, status } from "../commands.ts";
import type { Specimen } from "../specimen.ts";

const noLine = new CombinedError({ networkError: new Error("no line") });
const nothing = () => undefined;

const Waiting = () => <Skeleton height="4rem" />;
const { Shown: Never } = part(() => new Promise<() => null>(nothing), Waiting);
const { Shown: Missing } = part<object>(() => Promise.reject(new Error("no line")), Waiting);

export const saying: readonly Specimen[] = [
  {
    name: "notice",
    exports: "Notice, NoticeText, ProblemNotice, QueryProblem, CorrelationId",
    use: 'Something to know, in its place. live="status" for what came of an action, live="alert" for what went wrong. ProblemNotice and QueryProblem say an error with what to do and the id that support asks for.',
    states: [
      {
        name: "To know",
        look: (
          <Notice title="This will be a request.">
            <NoticeText>Somebody else has to agree.</NoticeText>
          </Notice>
        ),
      },
      { name: "Done", look: <Notice tone="good" title="+250 points recorded." /> },
      {
        name: "To watch, with an action",
        look: (
          <Notice tone="warn" title="Slip closed, award pending" actions={<Button>Try now</Button>}>
            <CorrelationId id={correlationId} />
          </Notice>
        ),
      },
      { name: "Refused", look: <ProblemNotice problem={refusal} /> },
      { name: "Failed", look: <QueryProblem error={noLine} onRetry={nothing} /> },
    ],
  },
  {
    name: "command-problem",
    exports: "CommandProblem",
    use: "Under every command: why it wasn't carried out, or that no answer came and sending it again is safe.",
    states: [
      { name: "Refused", look: <CommandProblem status={status("refused", refusal)} onRetry={nothing} /> },
      { name: "Unanswered", look: <CommandProblem status={status("unanswered", fault)} onRetry={nothing} /> },
    ],
  },
  {
    name: "query-state",
    exports: "QueryState, Answer",
    use: "Around what a query brings: its loading, failed and empty states, and the data that stays when it can't be read again. Answer marks what was the answer to an earlier question.",
    states: [
      { name: "On its way", look: <Answer /> },
      { name: "Failed", look: <Answer fails /> },
      { name: "Failed, with what was there", look: <Answer fails data={["BJ-01"]} /> },
      { name: "Empty", look: <Answer data={[]} /> },
      { name: "There", look: <Answer data={["BJ-01"]} /> },
    ],
  },
  {
    name: "skeleton",
    exports: "Skeleton, Loading",
    use: "The shape of what is on its way, so that nothing jumps when it is there; Loading says it once to screen readers.",
    states: [
      {
        name: "On its way",
        look: (
          <Loading what="the tables">
            <Skeleton width="12rem" height="1.5rem" />
            <Skeleton height="5rem" />
          </Loading>
        ),
      },
    ],
  },
  {
    name: "part",
    exports: "part",
    use: "A screen, or something large, that isn't loaded before it is shown.",
    states: [
      { name: "Waiting", look: <Never /> },
      { name: "It can't be loaded", look: <Missing /> },
    ],
  },
  {
    name: "part-missing",
    exports: "PartMissing",
    use: "What a part shows when its file can't be loaded; used by part only.",
    states: [{ name: "Shown", look: <PartMissing onRetry={nothing} /> }],
  },
  {
    name: "empty",
    exports: "Empty",
    use: "Where there is nothing: what would be here, and how it comes about.",
    states: [
      {
        name: "With what to do",
        look: (
          <Empty icon={<CircleCheck size={22} />} title="Nothing to decide" actions={<Button>Show decided</Button>}>
            Requests appear here as soon as somebody makes one.
          </Empty>
        ),
      },
    ],
  },
];

function Answer({ data, fails = false }: { data?: string[]; fails?: boolean }) {
  return (
    <QueryState
      what="the tables"
      data={data}
      error={fails ? noLine : undefined}
      onRetry={nothing}
      isEmpty={(tables) => tables.length === 0}
      empty={<Empty icon={<CircleCheck size={22} />} title="No tables" />}
      height="4rem"
    >
      {(tables) => <p>{tables.join()}</p>}
    </QueryState>
  );
}
