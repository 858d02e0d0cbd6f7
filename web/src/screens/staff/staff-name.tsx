import { Skeleton } from "../../components/skeleton.tsx";
import { useStaffNamesQuery } from "../../generated/graphql.ts";
import { words } from "../../words/words.ts";
import { useStaffNames } from "./use-staff-names.ts";

const t = words("common");

/** Who did something; a bar for as long as the names are awaited. */
export function StaffName({ staffId }: { staffId: string | null }) {
  const [{ data, fetching }] = useStaffNamesQuery();
  const nameOf = useStaffNames();
  if (fetching && !data) return <Skeleton width="8rem" />;
  return nameOf(staffId) ?? t("somebody");
}
