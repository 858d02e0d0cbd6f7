import { useEffect, useRef, useState } from "react";
import { type CombinedError, getOperationName, type Operation } from "urql";
import { randomId } from "../lib/random.ts";
import { isUnanswered, type Problem, toProblem } from "./errors.ts";
import { useLeftBehind } from "./left-behind.ts";

/**
 * A command is one intention of a person. Its idempotency key is made once, when it is first
 * sent. When no answer comes it isn't known whether it happened; it can then only be sent again
 * as it was, with the same key, so that it happens once whatever the network did. A refusal
 * means that nothing happened: what is sent next is a new intention with a new key.
 *
 * When its screen is left before that is known, what became of it is shown by the shell, and nothing
 * follows from an answer that comes later: whoever went elsewhere stays there.
 */
export type CommandState = "idle" | "sending" | "unanswered" | "refused" | "done";

/** Where a command stands, without what it is about. */
export interface CommandStatus {
  state: CommandState;
  busy: boolean;
  /** Its content can't be changed now: it is on its way, or may have happened. */
  locked: boolean;
  problem: Problem | undefined;
  /** performance.now() when the problem came; seconds to wait count from here. */
  problemAt: number;
}

export interface Command<Variables, Result> extends CommandStatus {
  result: Result | undefined;
  /** Resolves with nothing when it was refused or not answered, and when its screen was left meanwhile. */
  send: (variables: Variables) => Promise<Result | undefined>;
  /** Sends the last one again. */
  retry: () => Promise<Result | undefined>;
  reset: () => void;
}

type Execute<Data, Variables> = (variables: Variables) => Promise<Answer<Data>>;

interface Answer<Data> {
  data?: Data | undefined;
  error?: CombinedError | undefined;
  operation: Operation;
}

/** An answer that isn't what was hoped for. */
interface Failure {
  state: "unanswered" | "refused";
  problem: Problem;
}

interface Sent {
  name: string;
  path: string;
  sentAt: string;
}

export function useCommand<Data, Variables extends object, Result>(
  execute: Execute<Data, Variables>,
  pick: (data: Data) => Result | null | undefined,
): Command<Omit<Variables, "idempotencyKey">, Result> {
  const [state, setState] = useState<CommandState>("idle");
  const [problem, setProblem] = useState<Problem>();
  const [problemAt, setProblemAt] = useState(0);
  const [result, setResult] = useState<Result>();
  const intention = useRef<Variables>(undefined);
  const sending = useRef(false);
  const sentFrom = useRef<Element>(null);
  const unanswered = useRef<() => void>(undefined);
  const isLeft = useRef(false);
  const leftBehind = useLeftBehind();

  useEffect(() => {
    isLeft.current = false;
    return () => {
      isLeft.current = true;
      unanswered.current?.();
    };
  }, []);

  // Fields that are locked while a command is on its way lose the focus. After a refusal there is
  // something to correct, so it goes back to where it was.
  useEffect(() => {
    if (state === "refused") giveFocusBack(sentFrom.current);
  }, [state]);

  const leaveBehind = (sent: Sent, failure: Failure, variables: Variables) =>
    leftBehind.keep({ ...sent, ...failure }, async () => {
      const { error } = await execute(variables);
      return error ? failureOf(error) : { state: "done" };
    });

  const dispatch = async (variables: Variables) => {
    if (sending.current) return undefined;
    sending.current = true;
    unanswered.current = undefined;
    sentFrom.current = document.activeElement;
    intention.current = variables;
    setState("sending");
    setProblem(undefined);
    const { pathname, search } = window.location;
    const sentAt = new Date().toISOString();
    try {
      const { data, error, operation } = await execute(variables);
      const sent = { name: getOperationName(operation.query) ?? "", path: `${pathname}${search}`, sentAt };
      if (error) {
        const failure = failureOf(error);
        if (isLeft.current) leaveBehind(sent, failure, variables);
        else if (failure.state === "unanswered") unanswered.current = () => leaveBehind(sent, failure, variables);
        else intention.current = undefined;
        setProblem(failure.problem);
        setProblemAt(performance.now());
        setState(failure.state);
        return undefined;
      }
      const picked = data === undefined ? undefined : (pick(data) ?? undefined);
      intention.current = undefined;
      setResult(picked);
      setState("done");
      return isLeft.current ? undefined : picked;
    } finally {
      sending.current = false;
    }
  };

  return {
    state,
    busy: state === "sending",
    locked: state === "sending" || state === "unanswered",
    problem,
    problemAt,
    result,
    send: (variables) =>
      // An unanswered command is repeated as it was, whatever the form says by now.
      dispatch(intention.current ?? ({ ...variables, idempotencyKey: randomId() } as unknown as Variables)),
    retry: async () => (intention.current ? dispatch(intention.current) : undefined),
    reset: () => {
      intention.current = undefined;
      unanswered.current = undefined;
      setState("idle");
      setProblem(undefined);
      setResult(undefined);
    },
  };
}

function failureOf(error: CombinedError): Failure {
  return { state: isUnanswered(error) ? "unanswered" : "refused", problem: toProblem(error) };
}

function giveFocusBack(to: Element | null): void {
  const lost = document.activeElement === null || document.activeElement === document.body;
  if (lost && to instanceof HTMLElement && to.isConnected) to.focus();
}
