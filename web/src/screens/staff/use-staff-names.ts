import { useMemo } from "react";
import { useStaffNamesQuery } from "../../generated/graphql.ts";
import { isPresent } from "../pit-board/board.ts";

/** The name of a staff member; undefined where nobody is named, or nobody is known by the id. */
export function useStaffNames(): (staffId: string | null) => string | undefined {
  const [{ data }] = useStaffNamesQuery();
  return useMemo(() => {
    const staff = data?.staffs?.nodes.filter(isPresent) ?? [];
    const names = new Map(staff.map((each) => [each.staffId, each.displayName]));
    return (staffId) => (staffId === null ? undefined : names.get(staffId));
  }, [data]);
}
