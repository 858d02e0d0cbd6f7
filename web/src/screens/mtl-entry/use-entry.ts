import { fromAbsolute, type ZonedDateTime } from "@internationalized/date";
import { useEffect, useState } from "react";
import { useMe } from "../../api/session.tsx";
import { focusHour } from "../../components/day-field.tsx";
import type { CashKindFragment } from "../../generated/graphql.ts";
import { serverTime } from "../../lib/clock.ts";
import { type Direction, type Draft, kindFor, nextDraft, type Person } from "./draft.ts";
import { firstMissing, readDraft, type Table } from "./reading.ts";
import type { Recorded } from "./recorded.ts";
import { useFields } from "./use-fields.ts";
import { useLeaving } from "./use-leaving.ts";
import { useRecording } from "./use-recording.ts";

interface EntryOptions {
  kinds: readonly CashKindFragment[];
  tables: readonly Table[];
  initial: Draft;
  onRecorded: (recorded: Recorded) => void;
}

export type Entry = ReturnType<typeof useEntry>;

/** What is typed into the form, what it comes to, and what is done with it. */
export function useEntry({ kinds, tables, initial, onRecorded }: EntryOptions) {
  const me = useMe();
  const [draft, setDraft] = useState(initial);
  const [round, setRound] = useState(0);
  const [asked, setAsked] = useState<"entry" | "leaving">();
  const fields = useFields();
  const reading = readDraft(draft, kinds, tables);
  const { kind, player, table, missing } = reading;

  const recording = useRecording(draft, reading, (recorded) => {
    onRecorded(recorded);
    setAsked(undefined);
    if (kind) setDraft(nextDraft(draft, kind));
    setRound(round + 1);
  });
  const leaving = useLeaving(draft, reading, fields.toAmount);
  const locked = [recording, leaving].some(({ command }) => command.locked);
  const refusedTime =
    draft.earlier === undefined
      ? undefined
      : [recording, leaving].find(({ command }) => command.problem?.code === "INVALID_TIME")?.command.problem;

  const { moment } = fields;
  useEffect(() => {
    if (refusedTime) focusHour(moment.current);
  }, [refusedTime, moment]);

  const change = (part: Partial<Draft>) => {
    setDraft((now) => ({ ...now, ...part }));
    if (recording.command.state === "refused") recording.command.reset();
    if (leaving.command.state !== "idle") leaving.command.reset();
  };
  const setEarlier = (earlier: ZonedDateTime | null | undefined) => change({ earlier });

  return {
    draft,
    change,
    /** Counts what was recorded: fields that keep what is typed begin anew with each. */
    round,
    /** What was asked for although something is missing. */
    asked,
    reading,
    fields,
    recording,
    leaving,
    /**
     * What is being sent, or may have been recorded, can't be changed, and nothing else starts: what a bet
     * adds depends on whether somebody has left before it.
     */
    locked,
    /** Why it can't have happened at the time that was typed. */
    refusedTime,

    turn: (direction: Direction) => change({ direction, kind: kindFor(kinds, direction, draft.kind)?.kind }),
    choose: (person: Person) => {
      change({ person });
      fields.toAmount();
    },
    searchAgain: () => {
      change({ person: undefined });
      fields.toPerson();
    },
    askForWhom: () => {
      change({ forSomebody: true, agentFor: undefined });
      fields.toAgent();
    },
    chooseForWhom: (agentFor: Person) => {
      change({ agentFor });
      fields.toAmount();
    },
    forNobodyElse: () => change({ forSomebody: false, agentFor: undefined }),
    setEarlier,
    askWhen: () => {
      if (draft.earlier !== undefined) return fields.focus("time");
      setEarlier(fromAbsolute(serverTime(), me.timezone).set({ second: 0, millisecond: 0 }));
    },
    happensNow: () => {
      setEarlier(undefined);
      fields.toAmount();
    },

    submit: () => {
      if (locked) return;
      const first = firstMissing("entry", reading);
      if (kind && first === undefined) return void recording.send();
      setAsked("entry");
      if (first) fields.focus(first);
    },
    leave: () => {
      if (locked) return;
      if (player && table && !missing.time) return void leaving.send();
      setAsked("leaving");
      const first = firstMissing("leaving", reading);
      if (first) fields.focus(first);
    },
  };
}
