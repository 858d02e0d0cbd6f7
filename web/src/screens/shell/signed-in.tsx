import { type ReactNode, useEffect } from "react";
import { isSignedOut } from "../../api/errors.ts";
import { MeProvider, toMe, useSession } from "../../api/session.tsx";
import { QueryProblem } from "../../components/notice.tsx";
import { useMeQuery } from "../../generated/graphql.ts";
import { words } from "../../words/words.ts";
import { Leaving } from "../sign-in/leaving.tsx";
import { SignIn } from "../sign-in/sign-in.tsx";
import { OwnAddress } from "./own-address.tsx";
import styles from "./signed-in.module.css";
import { Waiting } from "./waiting.tsx";

const t = words("shell");

/** Shows its children to whoever is signed in, and the sign-in screen to everyone else. */
export function SignedIn({ children }: { children: ReactNode }) {
  const { leaving } = useSession();
  return leaving ? <Leaving problem={leaving.problem} /> : <ForWhoeverIs>{children}</ForWhoeverIs>;
}

function ForWhoeverIs({ children }: { children: ReactNode }) {
  const [{ data, error, fetching }, refetch] = useMeQuery();
  const me = toMe(data?.me ?? null);
  if (me) {
    return (
      <MeProvider value={me}>
        <InUse>
          <OwnAddress>{children}</OwnAddress>
        </InUse>
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
  return fetching ? <Waiting what={t("loading")} /> : <SignIn />;
}

function InUse({ children }: { children: ReactNode }) {
  const { inUse } = useSession();
  useEffect(() => inUse(), [inUse]);
  return children;
}
