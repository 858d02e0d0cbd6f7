import { type DestinationStream, destination, type Logger, pino } from "pino";

export type Log = Logger;

/**
 * One JSON object a line, on stderr: stdout belongs to what the command line prints. Lines hold
 * ids and codes, never arguments, names or other personal data.
 */
export function makeLog(stream: DestinationStream = destination({ dest: 2, sync: false })): Log {
  return pino(
    { base: null, level: process.env.PITLEDGER_LOG_LEVEL ?? "info", timestamp: pino.stdTimeFunctions.isoTime },
    stream,
  );
}
