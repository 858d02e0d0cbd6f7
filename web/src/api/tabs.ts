import type { Problem } from "./errors.ts";

// What the browser's tabs, which share the session's cookie, tell each other.

export type News =
  | { what: "begun" }
  /** `staffId`: whose session it was, where that is known; `deliberately`: that person signed out. */
  | { what: "ended"; staffId: string | undefined; deliberately: boolean }
  /** Somebody wants to be signed out, and the server hasn't done it. */
  | { what: "stuck"; problem: Problem };

const channel = new BroadcastChannel("pitledger-session");

export function tellTabs(news: News): void {
  channel.postMessage(news);
}

/** Returns what ends the listening. */
export function hearTabs(hear: (news: News) => void): () => void {
  const onMessage = ({ data }: MessageEvent<News>) => hear(data);
  channel.addEventListener("message", onMessage);
  return () => channel.removeEventListener("message", onMessage);
}
