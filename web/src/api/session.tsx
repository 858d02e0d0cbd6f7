import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from "react";
import { Provider } from "urql";
import type { MeQuery } from "../generated/graphql.ts";
import { signOut } from "./auth.ts";
import { createSessionClient } from "./client.ts";

/** The signed-in person, and the casino they work at. */
export interface Me {
  staffId: string;
  displayName: string;
  role: string;
  casinoId: number;
  casinoName: string;
  timezone: string;
  gamingDay: string;
  /** How long the session lives when it isn't used. */
  idleSeconds: number;
  can: (capability: string) => boolean;
}

export function toMe(answer: MeQuery["me"]): Me | undefined {
  if (!answer?.staffId || answer.casinoId === null) return undefined;
  const capabilities = new Set(answer.capabilities ?? []);
  return {
    staffId: answer.staffId,
    displayName: answer.displayName ?? "",
    role: answer.role ?? "",
    casinoId: answer.casinoId,
    casinoName: answer.casinoName ?? "",
    timezone: answer.timezone ?? "UTC",
    gamingDay: answer.gamingDay ?? "",
    idleSeconds: answer.sessionIdleSeconds ?? Number.POSITIVE_INFINITY,
    can: (capability) => capabilities.has(capability),
  };
}

interface Session {
  /** True when a session that was in use ended by itself: by time, or by an administrator. */
  ended: boolean;
  /** Starts over with a new client: after signing in. */
  renew: () => void;
  signOut: () => Promise<void>;
  /** Called by the signed-in part of the screen while it is shown. */
  inUse: () => () => void;
}

const SessionContext = createContext<Session | undefined>(undefined);
const MeContext = createContext<Me | undefined>(undefined);

export const MeProvider = MeContext;

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error("useSession outside of SessionProvider");
  return session;
}

export function useMe(): Me {
  const me = useContext(MeContext);
  if (!me) throw new Error("useMe outside of a signed-in screen");
  return me;
}

/** Tells the browser's other tabs, which share the session. */
const signOuts = new BroadcastChannel("pitledger-sign-outs");

/** Gives every session its own client and its own live connection. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const [epoch, setEpoch] = useState(0);
  const [ended, setEnded] = useState(false);
  const startOver = useCallback((because: { ended: boolean }) => {
    setEnded(because.ended);
    setEpoch((count) => count + 1);
  }, []);
  return (
    <OneSession key={epoch} ended={ended} startOver={startOver}>
      {children}
    </OneSession>
  );
}

interface OneSessionProps {
  ended: boolean;
  startOver: (because: { ended: boolean }) => void;
  children: ReactNode;
}

function OneSession({ ended, startOver, children }: OneSessionProps) {
  // Made once: this component lives as long as its session does.
  const [made] = useState(() => {
    const state = { inUse: false };
    const client = createSessionClient(() => {
      if (state.inUse) startOver({ ended: true });
    });
    return { state, client };
  });
  useEffect(() => {
    const end = () => {
      if (made.state.inUse) startOver({ ended: true });
    };
    signOuts.addEventListener("message", end);
    return () => signOuts.removeEventListener("message", end);
  }, [made, startOver]);
  const session = useMemo<Session>(
    () => ({
      ended,
      renew: () => startOver({ ended: false }),
      signOut: async () => {
        made.state.inUse = false;
        await signOut();
        signOuts.postMessage(null);
        startOver({ ended: false });
      },
      inUse: () => {
        made.state.inUse = true;
        const closeLive = made.client.openLive();
        return () => {
          made.state.inUse = false;
          closeLive();
        };
      },
    }),
    [ended, made, startOver],
  );
  return (
    <SessionContext value={session}>
      <Provider value={made.client.urql}>{children}</Provider>
    </SessionContext>
  );
}
