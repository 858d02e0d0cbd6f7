import type { ComponentType } from "react";
import { part } from "./part.tsx";
import { Skeleton } from "./skeleton.tsx";

/** A chart: the library of charts is as large as the rest of the client, and comes with the first. */
export function chart<Props extends object>(find: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  return part(find, () => <Skeleton height="17rem" />).Shown;
}
