import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from "react";
import { Provider } from "urql";
import { MeDocument, type MeQuery } from "../generated/graphql.ts";
import { signOut } from "./auth.ts";
import { createSessionClient, type SessionClient } from "./client.ts";

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

/** A session that somebody has, or may come to have by signing in. */
export interface OpenSession {
  client: SessionClient;
  /** Somebody is signed in, and their screens are shown. */
  inUse: boolean;
  /** What is done when it ends by itself. */
  onEnd: () => void;
  /** When the server has said who is signed in, if anybody is, or can't be reached. */
  known: Promise<unknown>;
}

/** Asks at once who is signed in, so that the answer comes while there is nothing to show it on yet. */
export function openSession(): OpenSession {
  const client = createSessionClient(() => {
    if (session.inUse) session.onEnd();
  });
  const known = new Promise((resolve) => client.urql.query(MeDocument, {}).subscribe(resolve));
  const session: OpenSession = { client, inUse: false, onEnd: () => {}, known };
  return session;
}

/** Gives every session its own client and its own live connection. */
export function SessionProvider({ first, children }: { first: OpenSession; children: ReactNode }) {
  const [{ count, open, ended }, setSession] = useState({ count: 0, open: first, ended: false });
  const startOver = useCallback((because: { ended: boolean }) => {
    const next = { open: openSession(), ...because };
    setSession(({ count }) => ({ count: count + 1, ...next }));
  }, []);
  return (
    <OneSession key={count} open={open} ended={ended} startOver={startOver}>
      {children}
    </OneSession>
  );
}

interface OneSessionProps {
  open: OpenSession;
  ended: boolean;
  startOver: (because: { ended: boolean }) => void;
  children: ReactNode;
}

function OneSession({ open, ended, startOver, children }: OneSessionProps) {
  useEffect(() => {
    const end = () => {
      if (open.inUse) startOver({ ended: true });
    };
    open.onEnd = end;
    signOuts.addEventListener("message", end);
    return () => signOuts.removeEventListener("message", end);
  }, [open, startOver]);
  const session = useMemo<Session>(
    () => ({
      ended,
      renew: () => startOver({ ended: false }),
      signOut: async () => {
        open.inUse = false;
        await signOut();
        signOuts.postMessage(null);
        startOver({ ended: false });
      },
      inUse: () => {
        open.inUse = true;
        const closeLive = open.client.openLive();
        return () => {
          open.inUse = false;
          closeLive();
        };
      },
    }),
    [ended, open, startOver],
  );
  return (
    <SessionContext value={session}>
      <Provider value={open.client.urql}>{children}</Provider>
    </SessionContext>
  );
}
