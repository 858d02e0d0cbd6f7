import { SingleBar } from "cli-progress";

/** How far a command is: a bar at a terminal, a line every tenth elsewhere. */
export interface Progress {
  /** So many of them are done. */
  done(count: number): void;
  /** Something to say meanwhile. */
  say(sentence: string): void;
  stop(): void;
}

export function makeProgress(total: number, quiet: boolean, unit = "lines"): Progress {
  if (quiet) return { done: () => undefined, say: () => undefined, stop: () => undefined };
  return process.stdout.isTTY ? bar(total, unit) : tenths(total, unit);
}

function bar(total: number, unit: string): Progress {
  const single = new SingleBar({
    format: `  {bar} {percentage}% · {value} of {total} ${unit} · {duration_formatted}{note}`,
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
    done: (count) => single.update(count, { note: "" }),
    say: (sentence) => single.update({ note: ` · ${sentence}` }),
    stop: () => single.stop(),
  };
}

function tenths(total: number, unit: string): Progress {
  let told = 0;
  return {
    done(count) {
      const tenth = total === 0 ? 10 : Math.floor((count * 10) / total);
      if (tenth > told) console.log(`  ${count} of ${total} ${unit} (${tenth * 10} %)`);
      told = Math.max(told, tenth);
    },
    say: (sentence) => console.log(`  ${sentence}`),
    stop: () => undefined,
  };
}
