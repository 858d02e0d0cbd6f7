import type en from "./en/index.ts";

/** Every key there is, by namespace; the other languages have the same ones. */
export type Catalogue = typeof en;
export type Namespace = keyof Catalogue & string;
