/** A name or a time that ends with a full stop, as in "3:56 p.m.", at the end of a sentence brings the sentence's. */
export function withOneFullStop(text: string, filledIn: readonly unknown[]): string {
  return filledIn.reduce<string>(
    (said, each) => (typeof each === "string" && each.endsWith(".") ? said.replaceAll(`${each}.`, () => each) : said),
    text,
  );
}
