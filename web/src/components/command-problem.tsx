import type { CommandStatus } from "../api/command.ts";
import { words } from "../words/words.ts";
import { ProblemNotice } from "./notice.tsx";

const t = words("components");

interface CommandProblemProps {
  status: CommandStatus;
  /** Sends the same command again; offered when no answer came. */
  onRetry: () => void;
}

/**
 * Why a command wasn't carried out; or that no answer came, so that it may have been. It is then
 * safe to send it again, since its key makes it happen once.
 */
export function CommandProblem({ status, onRetry }: CommandProblemProps) {
  const { problem, state } = status;
  if (!problem) return null;
  if (state !== "unanswered") return <ProblemNotice problem={problem} />;
  return <ProblemNotice problem={{ ...problem, hint: t("unanswered") }} onRetry={onRetry} />;
}
