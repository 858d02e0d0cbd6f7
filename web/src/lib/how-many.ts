/**
 * Whether the noun beside an exact figure is singular: 1 when the figure is one, 2 otherwise. Points
 * may be more than a number holds, so it is their text that is looked at: "1" or "-1".
 */
export function howMany(exact: string | null | undefined): 1 | 2 {
  return exact === "1" || exact === "-1" ? 1 : 2;
}
