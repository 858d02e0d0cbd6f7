import { type DestinationStream, destination, type Logger, pino } from "pino";
import { redact } from "./redaction.ts";

export type Log = Logger;

/**
 * One JSON object a line, on stderr: stdout belongs to what the command line prints. Lines hold
 * ids and codes, never arguments, names or other personal data: what slips in all the same is
 * redacted by its key. (pino's own `redact` knows keys only to a given depth, and took 90 µs a line
 * where this takes less than one.)
 */
export function makeLog(stream: DestinationStream = destination({ dest: 2, sync: false })): Log {
  const log = pino(
    {
      base: null,
      level: process.env.PITLEDGER_LOG_LEVEL ?? "info",
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { log: redact },
    },
    stream,
  );
  // pino formats what a child is bound to by itself only.
  const { child } = log;
  log.child = function (this: Log, bindings, options) {
    return child.call(this, redact(bindings), options);
  } as Log["child"];
  return log;
}
