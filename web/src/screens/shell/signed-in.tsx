import { type ReactNode, useEffect } from "react";
import { isSignedOut } from "../../api/errors.ts";
import { MeProvider, toMe, useSession } from "../../api/session.tsx";
import { QueryProblem } from "../../components/notice.tsx";
import { useMeQuery } from "../../generated/graphql.ts";
import { words } from "../../words/words.ts";
import { SignIn } from "../sign-in/sign-in.tsx";
import styles from "./signed-in.module.css";

const t = words("shell");

/** Shows its children to whoever is signed in, and the sign-in screen to everyone else. */
export function SignedIn({ children }: { children: ReactNode }) {
  const [{ data, error, fetching }, refetch] = useMeQuery();
  const me = toMe(data?.me ?? null);
  if (me) {
    return (
      <MeProvider value={me}>
        <InUse>{children}</InUse>
      </MeProvider>
    );
  }
  if (error && !isSignedOut(error)) {
    return (
      <main className={styles.middle}>
        <QueryProblem error={error} onRetry={() => refetch({ requestPolicy: "network-only" })} />
      </main>
    );
  }
  if (fetching) {
    return (
      <main className={styles.middle}>
        <p className="visually-hidden" role="status">
          {t("loading")}
        </p>
        <img className={styles.mark} src="/mark.svg" alt="" width={48} height={48} />
      </main>
    );
  }
  return <SignIn />;
}

function InUse({ children }: { children: ReactNode }) {
  const { inUse } = useSession();
  useEffect(() => inUse(), [inUse]);
  return children;
}
