import { useRef } from "react";
import { focusHour } from "../../components/day-field.tsx";
import type { Need } from "./reading.ts";
import { useFocusMove } from "./use-focus-move.ts";

/** The fields that the keyboard is led to. */
export function useFields() {
  const form = useRef<HTMLFormElement>(null);
  const person = useRef<HTMLInputElement>(null);
  const agent = useRef<HTMLInputElement>(null);
  const kinds = useRef<HTMLDivElement>(null);
  const amount = useRef<HTMLInputElement>(null);
  const note = useRef<HTMLInputElement>(null);
  const table = useRef<HTMLButtonElement>(null);
  const moment = useRef<HTMLDivElement>(null);
  const moveTo = useFocusMove();
  const focus = (need: Need) => {
    if (need === "time") focusHour(moment.current);
    else ({ person, agent, amount, note, table })[need].current?.focus();
  };
  return {
    form,
    person,
    agent,
    kinds,
    amount,
    note,
    table,
    moment,
    /** What is there already. */
    focus,
    /** What may come into being with the same change. */
    toPerson: () => moveTo(person),
    toAgent: () => moveTo(agent),
    toAmount: () => moveTo(amount),
  };
}
