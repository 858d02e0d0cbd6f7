import type { ReactNode } from "react";

/** One of a component's states. */
export interface State {
  name: string;
  look: ReactNode;
  /** It covers the page, or opens something: it is shown by itself. */
  alone?: boolean;
  /** What opens it, pressed one after the other: "Tab Enter". */
  keys?: string;
}

/** A module of web/src/components, as somebody who builds a screen needs to know it. */
export interface Specimen {
  /** The module's name. */
  name: string;
  /** What it exports for screens. */
  exports: string;
  /** When to use it. */
  use: string;
  states: readonly State[];
}
