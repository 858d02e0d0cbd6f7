import type { Task, TaskList } from "graphile-worker";

/**
 * Why a job failed, as a code: the SQLSTATE of what the database said, or a name of our own. The
 * queue keeps an error's message and shows it to people, and a sentence may quote what it was about.
 */
export class JobFailure extends Error {
  constructor(code: string, cause?: unknown) {
    super(code, { cause });
    this.name = "JobFailure";
    this.stack = `${this.name}: ${code}`;
  }
}

/** The code by which a job that threw this is said to have failed. */
export function failureCode(thrown: unknown): string {
  if (thrown instanceof JobFailure) return thrown.message;
  const code = thrown instanceof Error && "code" in thrown ? thrown.code : undefined;
  return typeof code === "string" && /^[A-Z0-9_]{4,40}$/.test(code) ? code : "INTERNAL_ERROR";
}

/** The same tasks, which fail with a code and nothing else. */
export function failWithCodes(tasks: TaskList): TaskList {
  return Object.fromEntries(
    Object.entries(tasks).map(([name, run]) => {
      const task: Task = async (payload, helpers) => {
        try {
          return await (run as Task)(payload, helpers);
        } catch (thrown) {
          throw new JobFailure(failureCode(thrown), thrown);
        }
      };
      return [name, task];
    }),
  );
}
