import { useAssignableQuery } from "../../generated/graphql.ts";
import { isPresent } from "../../lib/present.ts";

/** Roles and capabilities to choose from, as the database lists them. */
export function useAssignable(): { roles: readonly string[]; capabilities: readonly string[] } {
  const [{ data }] = useAssignableQuery();
  return {
    roles: data?.assignable?.roles?.filter(isPresent) ?? [],
    capabilities: data?.assignable?.capabilities?.filter(isPresent) ?? [],
  };
}
