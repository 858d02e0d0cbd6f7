import { randomInt } from "node:crypto";

const consonants = "bdfghjklmnprstvz";
const vowels = "aeiou";

/** A password that can be remembered and typed: four made-up words, 50 random bits. */
export function makePassphrase(): string {
  const letter = (from: string) => from.charAt(randomInt(from.length));
  const word = () => letter(consonants) + letter(vowels) + letter(consonants) + letter(vowels);
  return Array.from({ length: 4 }, word).join("-");
}
