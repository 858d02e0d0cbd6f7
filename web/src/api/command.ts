import { useEffect, useRef, useState } from "react";
import type { CombinedError } from "urql";
import { randomId } from "../lib/random.ts";
import { isUnanswered, type Problem, toProblem } from "./errors.ts";

/**
 * A command is one intention of a person. Its idempotency key is made once, when it is first
 * sent. When no answer comes it isn't known whether it happened; it can then only be sent again
 * as it was, with the same key, so that it happens once whatever the network did. A refusal
 * means that nothing happened: what is sent next is a new intention with a new key.
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
  send: (variables: Variables) => Promise<Result | undefined>;
  /** Sends the last one again. */
  retry: () => Promise<Result | undefined>;
  reset: () => void;
}

type Execute<Data, Variables> = (
  variables: Variables,
) => Promise<{ data?: Data | undefined; error?: CombinedError | undefined }>;

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

  // Fields that are locked while a command is on its way lose the focus. After a refusal there is
  // something to correct, so it goes back to where it was.
  useEffect(() => {
    if (state === "refused") giveFocusBack(sentFrom.current);
  }, [state]);

  const fail = (error: CombinedError) => {
    const unanswered = isUnanswered(error);
    if (!unanswered) intention.current = undefined;
    setProblem(toProblem(error));
    setProblemAt(performance.now());
    setState(unanswered ? "unanswered" : "refused");
    return undefined;
  };

  const dispatch = async (variables: Variables) => {
    if (sending.current) return undefined;
    sending.current = true;
    sentFrom.current = document.activeElement;
    intention.current = variables;
    setState("sending");
    setProblem(undefined);
    try {
      const { data, error } = await execute(variables);
      if (error) return fail(error);
      const picked = data === undefined ? undefined : (pick(data) ?? undefined);
      intention.current = undefined;
      setResult(picked);
      setState("done");
      return picked;
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
      setState("idle");
      setProblem(undefined);
      setResult(undefined);
    },
  };
}

function giveFocusBack(to: Element | null): void {
  const lost = document.activeElement === null || document.activeElement === document.body;
  if (lost && to instanceof HTMLElement && to.isConnected) to.focus();
}
