import { SingleBar } from "cli-progress";

/** How far a replay is: a bar at a terminal, a line every tenth elsewhere. */
export interface Progress {
  /** So many of the file's lines are done. */
  done(lines: number): void;
  /** Something to say meanwhile. */
  say(sentence: string): void;
  stop(): void;
}

export function makeProgress(total: number, quiet: boolean): Progress {
  if (quiet) return { done: () => undefined, say: () => undefined, stop: () => undefined };
  return process.stdout.isTTY ? bar(total) : tenths(total);
}

function bar(total: number): Progress {
  const single = new SingleBar({
    format: "  {bar} {percentage}% · {value} of {total} lines · {duration_formatted}{note}",
    barCompleteChar: "█",
    barIncompleteChar: "░",
    hideCursor: true,
    stopOnComplete: false,
    // Signals are ours; the bar would end the process on its own.
    gracefulExit: false,
    stream: process.stdout,
  });
  single.start(total, 0, { note: "" });
  return {
    done: (lines) => single.update(lines, { note: "" }),
    say: (sentence) => single.update({ note: ` · ${sentence}` }),
    stop: () => single.stop(),
  };
}

function tenths(total: number): Progress {
  let told = 0;
  return {
    done(lines) {
      const tenth = total === 0 ? 10 : Math.floor((lines * 10) / total);
      if (tenth > told) console.log(`  ${lines} of ${total} lines (${tenth * 10} %)`);
      told = Math.max(told, tenth);
    },
    say: (sentence) => console.log(`  ${sentence}`),
    stop: () => undefined,
  };
}
