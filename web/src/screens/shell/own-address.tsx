import { type ReactNode, useEffect, useState } from "react";
import { Navigate } from "react-router";
import { useMe } from "../../api/session.tsx";
import { rememberWhoseAddress, whoseAddress } from "../../api/whose-address.ts";

/** Shows nobody what the address of somebody else leads to: they begin where their own work is. */
export function OwnAddress({ children }: { children: ReactNode }) {
  const { staffId } = useMe();
  const [isOwn, setOwn] = useState(() => (whoseAddress() ?? staffId) === staffId);
  useEffect(() => {
    rememberWhoseAddress(staffId);
    setOwn(true);
  }, [staffId]);
  return isOwn ? children : <Navigate to="/" replace />;
}
