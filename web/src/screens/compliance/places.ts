import { useCallback } from "react";
import { useLocation, useNavigate, useParams } from "react-router";

/** The person whose gaming day is open beside the list. */
export function useShownPatron(): string | undefined {
  return useParams().patronId;
}

/** Opens a person's day, or closes it; the filters stay. */
export function useGoTo(): (patronId: string | undefined) => void {
  const navigate = useNavigate();
  const { search } = useLocation();
  return useCallback(
    (patronId) => void navigate({ pathname: patronId ? `/compliance/patrons/${patronId}` : "/compliance", search }),
    [navigate, search],
  );
}
