import type first from "./en/first.ts";
import type later from "./en/later.ts";

/** Every key there is, by namespace; the other languages have the same ones. */
export type Catalogue = typeof first & typeof later;
export type Namespace = keyof Catalogue & string;
