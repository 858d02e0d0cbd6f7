import { useCommand } from "../../api/command.ts";
import { useLeavesTableMutation } from "../../generated/graphql.ts";
import { type Draft, idsOf } from "./draft.ts";
import type { Reading } from "./reading.ts";

/** Records that whoever bets has left the table. */
export function useLeaving(draft: Draft, { player, table }: Reading, onLeft: () => void) {
  const [, execute] = useLeavesTableMutation();
  const command = useCommand(execute, (answer) => answer.leavesTable?.departureResult);
  const send = async () => {
    if (!player || !table) return;
    const left = await command.send({
      ...idsOf(player),
      tableId: table.tableId,
      occurredAt: draft.earlier?.toAbsoluteString() ?? null,
    });
    if (left) onLeft();
  };
  return { command, send };
}
