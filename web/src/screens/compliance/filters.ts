import { useCallback, useMemo } from "react";
import { useSearchParams } from "react-router";
import type { PatronDayFilter, PatronDayOrderBy } from "../../generated/graphql.ts";
import { isDay } from "../../lib/days.ts";
import { pageIn } from "../../lib/page-in.ts";
import { words } from "../../words/words.ts";

const t = words("compliance");

// What the dashboard shows is in its address, so that it can be bookmarked, sent and gone back to.

export const PAGE = 50;

export const directions = () =>
  [
    { id: "both", label: t("both") },
    { id: "in", label: t("cashIn") },
    { id: "out", label: t("cashOut") },
  ] as const;
export type Direction = ReturnType<typeof directions>[number]["id"];

export const ANYWHERE = "anywhere";

export type SortColumn = "name" | "in" | "out";
export interface Sort {
  column: SortColumn;
  direction: "ascending" | "descending";
}

export interface Filters {
  day: string;
  direction: Direction;
  patron: string;
  /** An area's code, or ANYWHERE. */
  area: string;
  sort: Sort | undefined;
  page: number;
}

type Change = Partial<Record<"day" | "direction" | "patron" | "area" | "sort" | "page", string>>;

/** The filters in the address; `today` is the gaming day when it names none. */
export function useFilters(today: string): [Filters, (change: Change) => void] {
  const [search, setSearch] = useSearchParams();
  const filters = useMemo(() => read(search, today), [search, today]);
  const change = useCallback(
    (changed: Change) =>
      setSearch(
        (before) => {
          const after = new URLSearchParams(before);
          after.delete("page");
          for (const [name, value] of Object.entries(changed)) {
            if (value === "") after.delete(name);
            else after.set(name, value);
          }
          return after;
        },
        { replace: true },
      ),
    [setSearch],
  );
  return [filters, change];
}

function read(search: URLSearchParams, today: string): Filters {
  const day = search.get("day");
  const direction = search.get("direction");
  return {
    day: isDay(day) ? day : today,
    direction: direction === "in" || direction === "out" ? direction : "both",
    patron: search.get("patron") ?? "",
    area: search.get("area") ?? ANYWHERE,
    sort: readSort(search.get("sort")),
    page: pageIn(search),
  };
}

function readSort(text: string | null): Sort | undefined {
  const [column, order] = text?.split("-") ?? [];
  if (column !== "name" && column !== "in" && column !== "out") return undefined;
  return { column, direction: order === "desc" ? "descending" : "ascending" };
}

export function sortText({ column, direction }: Sort): string {
  return `${column}-${direction === "descending" ? "desc" : "asc"}`;
}

/** The filters as the database understands them. */
export function toPatronDayFilter({ day, direction, patron, area }: Filters): PatronDayFilter {
  const typed = patron.trim();
  return {
    gamingDay: { equalTo: day },
    ...(direction === "in" && { cashIn: { greaterThan: "0" } }),
    ...(direction === "out" && { cashOut: { greaterThan: "0" } }),
    ...(typed !== "" && {
      or: [
        { name: { includesInsensitive: typed } },
        { cardNo: { startsWithInsensitive: typed } },
        { description: { includesInsensitive: typed } },
      ],
    }),
    ...(area !== ANYWHERE && { areas: { contains: [area] } }),
  };
}

/** As asked for; otherwise the largest sums first, in the direction that is looked at. */
export function toPatronDayOrder({ direction, sort }: Filters): PatronDayOrderBy[] {
  const unique: PatronDayOrderBy = "PATRON_ID_ASC";
  if (!sort) return [direction === "out" ? "CASH_OUT_DESC" : "CASH_IN_DESC", "CASH_OUT_DESC", unique];
  const descending = sort.direction === "descending";
  switch (sort.column) {
    case "name":
      return [descending ? "NAME_DESC" : "NAME_ASC", unique];
    case "in":
      return [descending ? "CASH_IN_DESC" : "CASH_IN_ASC", unique];
    case "out":
      return [descending ? "CASH_OUT_DESC" : "CASH_OUT_ASC", unique];
  }
}
