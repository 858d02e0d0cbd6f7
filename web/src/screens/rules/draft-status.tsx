import { Badge, type Tone } from "../../components/badge.tsx";
import type { DraftFragment } from "../../generated/graphql.ts";
import { term } from "../../words/term.ts";

const tones: Record<string, Tone> = { open: "warn", published: "good" };

export function DraftStatus({ draft }: { draft: DraftFragment }) {
  return <Badge tone={tones[draft.status] ?? "neutral"}>{term("draftStatus", draft.status)}</Badge>;
}
