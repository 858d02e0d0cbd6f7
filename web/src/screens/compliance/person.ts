import type { PersonFragment } from "../../generated/graphql.ts";
import { words } from "../../words/words.ts";

const t = words("compliance");

// How a person of the cash log is called: a player by name, an unknown person by what is known.

interface Named {
  name: string | null;
  description: string | null;
}

export function nameOf({ name, description }: Named): string {
  return name ?? description ?? t("unknown");
}

export function nameOfPerson(person: PersonFragment | null): string {
  if (!person) return t("unknown");
  if (person.player) return `${person.player.firstName} ${person.player.lastName}`;
  return person.knownName ?? describe(person) ?? t("unknown");
}

/** What somebody wrote down of an unknown person, in a line. */
export function describe(person: PersonFragment): string | undefined {
  const { description, sex, apparentAge, height, build, hair, clothing, seat } = person;
  const parts = [description, sex, apparentAge, height, build, hair, clothing, seat];
  return parts.filter(Boolean).join(", ") || undefined;
}
