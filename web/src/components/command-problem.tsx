import type { CommandStatus } from "../api/command.ts";
import { ProblemNotice } from "./notice.tsx";

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
  const hint = "It may have been recorded or not. Trying again is safe: it is recorded once at most.";
  return <ProblemNotice problem={{ ...problem, hint }} onRetry={onRetry} />;
}
