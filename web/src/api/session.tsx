import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from "react";
import { useNavigate } from "react-router";
import { Provider } from "urql";
import { MeDocument, type MeQuery } from "../generated/graphql.ts";
import { signOut } from "./auth.ts";
import { createSessionClient, type SessionClient } from "./client.ts";
import type { Problem } from "./errors.ts";
import { isLeaving, rememberLeaving } from "./leaving.ts";
import { shownStaff, showStaff } from "./staff.ts";
import { hearTabs, type News, tellTabs } from "./tabs.ts";
import { rememberWhoseAddress, whoseAddress } from "./whose-address.ts";

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

/** Somebody wants to be signed out; `problem` says why they aren't yet. */
interface Leaving {
  problem: Problem | undefined;
}

interface Session {
  /** True when a session that was in use ended by itself: by time, or by an administrator. */
  ended: boolean;
  /** Starts over with a new client: after signing in. */
  renew: () => void;
  /** Set from when somebody signs out until the server has done it: their screens are gone meanwhile. */
  leaving: Leaving | undefined;
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
  showStaff(undefined);
  const client = createSessionClient(() => {
    if (session.inUse) session.onEnd();
  });
  const known = new Promise<void>((resolve) =>
    client.urql.query(MeDocument, {}).subscribe(({ data }) => {
      if (data?.me?.staffId) {
        client.belongsTo(data.me.staffId);
        showStaff(data.me.staffId);
      }
      resolve();
    }),
  );
  const session: OpenSession = { client, inUse: false, onEnd: () => {}, known };
  return session;
}

interface Standing {
  open: OpenSession;
  ended: boolean;
  leaving: Leaving | undefined;
}

/** Gives every session its own client and its own live connection. */
export function SessionProvider({ first, children }: { first: OpenSession; children: ReactNode }) {
  const [{ count, ...standing }, setSession] = useState<Standing & { count: number }>(() => ({
    count: 0,
    open: first,
    ended: false,
    leaving: isLeaving() ? { problem: undefined } : undefined,
  }));
  const startOver = useCallback((because: { ended: boolean }) => {
    const next = { open: openSession(), leaving: undefined, ...because };
    setSession(({ count }) => ({ count: count + 1, ...next }));
  }, []);
  const leave = useCallback((leaving: Leaving) => setSession((now) => ({ ...now, leaving })), []);
  return (
    <OneSession key={count} {...standing} startOver={startOver} leave={leave}>
      {children}
    </OneSession>
  );
}

interface OneSessionProps extends Standing {
  startOver: (because: { ended: boolean }) => void;
  leave: (leaving: Leaving) => void;
  children: ReactNode;
}

/** Whoever this tab's address belongs to wants to be signed out; also where the session ended before that was heard. */
function hasSignedOut(news: News): boolean {
  const owner = whoseAddress();
  if (news.what === "begun" || owner === undefined) return false;
  return news.what === "stuck" || (news.deliberately && (news.staffId ?? owner) === owner);
}

/** Whoever comes after somebody that signed out begins at the front. Stays the same wherever the person goes. */
function useLeaveAddress(): () => void {
  const navigate = useRef(useNavigate());
  return useCallback(() => {
    rememberWhoseAddress(undefined);
    void navigate.current("/", { replace: true });
  }, []);
}

function OneSession({ open, ended, leaving, startOver, leave, children }: OneSessionProps) {
  const isFollowed = useRef(false);
  const leaveAddress = useLeaveAddress();
  useEffect(() => {
    open.onEnd = () => {
      open.inUse = false;
      tellTabs({ what: "ended", staffId: shownStaff(), deliberately: false });
      startOver({ ended: true });
    };
    return hearTabs((news) => {
      if (hasSignedOut(news)) leaveAddress();
      if (news.what === "stuck") leave({ problem: news.problem });
      else if (news.what === "begun") {
        isFollowed.current = true;
        startOver({ ended: false });
      } else if (leaving || (open.inUse && (news.staffId ?? shownStaff()) === shownStaff())) startOver({ ended: true });
    });
  }, [open, leaving, startOver, leave, leaveAddress]);
  const session = useMemo<Session>(
    () => ({
      ended,
      leaving,
      renew: () => {
        rememberLeaving(false);
        tellTabs({ what: "begun" });
        startOver({ ended: false });
      },
      signOut: async () => {
        const staffId = shownStaff();
        open.inUse = false;
        rememberLeaving(true);
        leave({ problem: undefined });
        leaveAddress();
        const problem = await signOut(staffId);
        if (isFollowed.current) return; // By somebody who signed in beside it, whose screens are shown.
        if (problem) {
          tellTabs({ what: "stuck", problem });
          leave({ problem });
          return;
        }
        rememberLeaving(false);
        tellTabs({ what: "ended", staffId, deliberately: true });
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
    [ended, leaving, open, startOver, leave, leaveAddress],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: a page that begins with it goes on signing out
  useEffect(() => {
    if (leaving) void session.signOut();
  }, []);
  return (
    <SessionContext value={session}>
      <Provider value={open.client.urql}>{children}</Provider>
    </SessionContext>
  );
}
