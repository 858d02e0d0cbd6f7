import { useEffect } from "react";
import { useClient } from "urql";
import { useMe } from "../../api/session.tsx";
import { part } from "../../components/part.tsx";
import { MeDocument } from "../../generated/graphql.ts";
import { useIdleLeft } from "../../lib/last-answer.ts";

/** Time enough to come back to the screen. */
const WARNING_SECONDS = 120;

const { Shown: IdleDialog, load } = part(
  async () => (await import("./idle-dialog.tsx")).IdleDialog,
  () => null,
);
export const loadIdleDialog = load;

/** Before a session ends because nobody uses it, its person can keep it. */
export function IdleWarning() {
  const { idleSeconds } = useMe();
  const client = useClient();
  const left = useIdleLeft(idleSeconds, WARNING_SECONDS);
  const isOver = left !== undefined && left <= 0;
  const ask = () => void client.query(MeDocument, {}, { requestPolicy: "network-only" }).toPromise();
  // The answer is that nobody is signed in, unless it was used in another tab.
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once when the time is over
  useEffect(() => {
    if (isOver) ask();
  }, [isOver]);
  if (left === undefined || isOver) return null;
  return <IdleDialog left={left} onStay={ask} />;
}
