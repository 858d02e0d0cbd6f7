import { useState } from "react";
import { useCommand } from "../../api/command.ts";
import { useRecordMtlEntryMutation } from "../../generated/graphql.ts";
import { term } from "../../words/term.ts";
import { type Draft, idsOf, rememberPlace } from "./draft.ts";
import type { Reading } from "./reading.ts";
import type { Recorded } from "./recorded.ts";

/** Records what the draft says. */
export function useRecording(draft: Draft, { kind, amount }: Reading, onRecorded: (recorded: Recorded) => void) {
  const [confirming, setConfirming] = useState(false);
  const [, execute] = useRecordMtlEntryMutation();
  const command = useCommand(execute, (answer) => answer.recordMtlEntry?.mtlResult);

  const send = async (confirmDuplicate: boolean) => {
    const { person, agentFor } = draft;
    if (!person || !kind || amount === undefined) return;
    const result = await command.send({
      ...idsOf(person),
      direction: draft.direction,
      kind: kind.kind,
      area: draft.area,
      tender: draft.tender,
      amount,
      occurredAt: draft.earlier?.toAbsoluteString() ?? null,
      tableId: draft.tableId === "" ? null : draft.tableId,
      windowNo: draft.windowNo.trim() || null,
      agentForPlayerId: agentFor?.playerId ?? null,
      foreignCurrency: draft.foreignCurrency.trim() || null,
      note: draft.note.trim() || null,
      confirmDuplicate,
    });
    if (!result) return;
    rememberPlace(draft);
    command.reset();
    onRecorded({ result, person: agentFor ?? person, agent: agentFor && person, kind: term("cashKind", kind.kind) });
  };

  return {
    command,
    /** The same was recorded a moment ago: asked for, or being confirmed. */
    duplicate: confirming || command.problem?.code === "MTL_POSSIBLE_DUPLICATE",
    send: () => send(false),
    confirm: async () => {
      setConfirming(true);
      await send(true);
      setConfirming(false);
    },
  };
}
