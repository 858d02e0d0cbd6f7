import { useMemo } from "react";
import { useStaffNamesQuery } from "../../generated/graphql.ts";
import { isPresent } from "../../lib/present.ts";

/** The name of a staff member, "…" until it is known; undefined where nobody has the id. */
export function useStaffNames(): (staffId: string | null) => string | undefined {
  const [{ data, fetching }] = useStaffNamesQuery();
  const awaited = fetching && !data;
  return useMemo(() => {
    const staff = data?.staffs?.nodes.filter(isPresent) ?? [];
    const names = new Map(staff.map((each) => [each.staffId, each.displayName]));
    return (staffId) => {
      if (staffId === null) return undefined;
      return awaited ? "…" : names.get(staffId);
    };
  }, [data, awaited]);
}
