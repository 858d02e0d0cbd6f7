import { UserX } from "lucide-react";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { useMe } from "../../api/session.tsx";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { Empty } from "../../components/empty.tsx";
import { Fact, Facts } from "../../components/facts.tsx";
import { Notice, QueryProblem } from "../../components/notice.tsx";
import { Card, Page } from "../../components/page.tsx";
import { Loading, Skeleton } from "../../components/skeleton.tsx";
import { type StaffAccountFragment, useStaffPersonQuery } from "../../generated/graphql.ts";
import { formatCount, formatMoment } from "../../lib/format.ts";
import { isPresent } from "../../lib/present.ts";
import { isUuid } from "../../lib/uuid.ts";
import { term } from "../../words/term.ts";
import { words } from "../../words/words.ts";
import { OnlyFor } from "../shell/only-for.tsx";
import { AccountBadges } from "./account-badges.tsx";
import { Capabilities } from "./capabilities.tsx";
import { ActiveDialog, CapabilityDialog, ConfirmDialog, RoleDialog, type Subject } from "./change-dialogs.tsx";
import { InitialPassword } from "./initial-password.tsx";
import styles from "./staff-admin.module.css";

const t = words("staffAdmin");

/** The person whom the address names: while that one is awaited, nobody else is shown. */
export function PersonPage() {
  const { staffId = "" } = useParams();
  return (
    <OnlyFor can="staff:manage" title={t("title")} what={t("managing")}>
      <Person key={staffId} staffId={staffId} />
    </OnlyFor>
  );
}

type Open =
  | { dialog: "role" | "password" | "unlock" | "signOut" | "deactivate" | "reactivate" }
  | { dialog: "add" | "withdraw"; capability: string }
  | undefined;

function Person({ staffId }: { staffId: string }) {
  const me = useMe();
  const [open, setOpen] = useState<Open>();
  const [{ data, error, fetching }, refetch] = useStaffPersonQuery({
    variables: { personId: staffId },
    pause: !isUuid(staffId),
    requestPolicy: "cache-and-network",
  });
  const again = () => refetch({ requestPolicy: "network-only" });
  const account = data?.staffAccounts?.nodes.filter(isPresent)[0];
  if (!account) {
    const missing = !isUuid(staffId) || (data && !fetching);
    return (
      <Page title={t("title")} narrow>
        {error && <QueryProblem error={error} onRetry={again} />}
        {missing && (
          <Empty
            icon={<UserX size={22} />}
            title={t("person.none")}
            actions={<Link to="/staff">{t("person.toList")}</Link>}
          />
        )}
        {!missing && !error && (
          <Loading what={t("people.loading")}>
            <Skeleton height="20rem" />
          </Loading>
        )}
      </Page>
    );
  }
  const person: Subject = { staffId, name: account.displayName ?? "", role: account.role ?? "" };
  const close = () => setOpen(undefined);
  return (
    <Page title={person.name} beside={<AccountBadges account={account} />} narrow>
      <Link to="/staff">{t("person.toList")}</Link>
      {error && <QueryProblem error={error} onRetry={again} />}
      {!account.changeable && <Notice title={t("person.own")} />}
      <Card title={t("person.account")} label={t("person.account")}>
        <AccountFacts account={account} timezone={me.timezone} />
        {account.changeable && <Actions account={account} onOpen={(dialog) => setOpen({ dialog })} />}
      </Card>
      <Capabilities
        lines={data?.accessReview?.nodes.filter(isPresent) ?? []}
        changeable={account.changeable === true}
        onOpen={(dialog, capability) => setOpen({ dialog, capability })}
      />
      {open?.dialog === "role" && <RoleDialog person={person} onClose={close} />}
      {(open?.dialog === "add" || open?.dialog === "withdraw") && (
        <CapabilityDialog person={person} capability={open.capability} add={open.dialog === "add"} onClose={close} />
      )}
      {(open?.dialog === "deactivate" || open?.dialog === "reactivate") && (
        <ActiveDialog person={person} activate={open.dialog === "reactivate"} onClose={close} />
      )}
      {(open?.dialog === "unlock" || open?.dialog === "signOut") && (
        <ConfirmDialog person={person} what={open.dialog} onClose={close} />
      )}
      {open?.dialog === "password" && (
        <Dialog title={t("password.title")} subtitle={person.name} onClose={close}>
          <InitialPassword staffId={staffId} name={person.name} onClose={close} onGiven={again} />
        </Dialog>
      )}
    </Page>
  );
}

function AccountFacts({ account, timezone }: { account: StaffAccountFragment; timezone: string }) {
  const at = (iso: string | null) => (iso ? formatMoment(iso, timezone) : t("people.never"));
  return (
    <Facts>
      <Fact label={t("column.role")}>{term("role", account.role ?? "")}</Fact>
      <Fact label={t("person.roleSince")}>{at(account.roleSince)}</Fact>
      <Fact label={t("add.userName")}>{account.username}</Fact>
      {account.licenceNo !== null && <Fact label={t("add.licence")}>{account.licenceNo}</Fact>}
      <Fact label={t("column.signedIn")}>{at(account.lastSignedInAt)}</Fact>
      <Fact label={t("person.sessions")}>{formatCount(account.openSessions ?? 0)}</Fact>
      {account.lockedUntil !== null && <Fact label={t("person.lockedUntil")}>{at(account.lockedUntil)}</Fact>}
    </Facts>
  );
}

interface ActionsProps {
  account: StaffAccountFragment;
  onOpen: (dialog: "role" | "password" | "unlock" | "signOut" | "deactivate" | "reactivate") => void;
}

function Actions({ account, onOpen }: ActionsProps) {
  const { active, signsIn, lockedUntil, openSessions } = account;
  return (
    <div className={styles.actions}>
      <Button onPress={() => onOpen("role")}>{t("role.title")}</Button>
      {active && signsIn && <Button onPress={() => onOpen("password")}>{t("password.title")}</Button>}
      {lockedUntil !== null && <Button onPress={() => onOpen("unlock")}>{t("confirm.unlock.title")}</Button>}
      {(openSessions ?? 0) > 0 && <Button onPress={() => onOpen("signOut")}>{t("confirm.signOut.title")}</Button>}
      {active ? (
        <Button look="danger" onPress={() => onOpen("deactivate")}>
          {t("active.deactivate")}
        </Button>
      ) : (
        <Button onPress={() => onOpen("reactivate")}>{t("active.reactivate")}</Button>
      )}
    </div>
  );
}
