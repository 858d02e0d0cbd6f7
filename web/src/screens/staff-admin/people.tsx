import { Search, UserX } from "lucide-react";
import { useState } from "react";
import { Link, useSearchParams } from "react-router";
import { useMe } from "../../api/session.tsx";
import { Empty } from "../../components/empty.tsx";
import { Field } from "../../components/field.tsx";
import { QueryProblem } from "../../components/notice.tsx";
import { Card } from "../../components/page.tsx";
import { Pager } from "../../components/pager.tsx";
import { Loading, Skeleton } from "../../components/skeleton.tsx";
import { SimpleTable } from "../../components/table.tsx";
import { type StaffAccountFragment, useStaffAccountsQuery } from "../../generated/graphql.ts";
import { useDebounced } from "../../lib/debounced.ts";
import { formatMoment } from "../../lib/format.ts";
import { pageIn } from "../../lib/page-in.ts";
import { isPresent } from "../../lib/present.ts";
import { term } from "../../words/term.ts";
import { words } from "../../words/words.ts";
import { AccountBadges } from "./account-badges.tsx";
import styles from "./staff-admin.module.css";

const t = words("staffAdmin");

const PAGE = 50;

/** Everybody who works here, active people first. */
export function People() {
  const me = useMe();
  const [search, setSearch] = useSearchParams();
  const [text, setText] = useState("");
  const typed = useDebounced(text.trim());
  const page = pageIn(search);
  const [{ data, error, fetching }, refetch] = useStaffAccountsQuery({
    variables: { search: typed, offset: (page - 1) * PAGE },
    requestPolicy: "cache-and-network",
  });
  const accounts = data?.staffAccounts;
  const people = accounts?.nodes.filter(isPresent) ?? [];
  return (
    <Card padded={false}>
      <div className={styles.filters}>
        <Field
          label={t("people.find")}
          type="search"
          prefix={<Search size={18} />}
          value={text}
          onChange={(value) => {
            setText(value);
            setSearch({ show: "people" }, { replace: true });
          }}
          autoComplete="off"
        />
      </div>
      {error && <QueryProblem error={error} onRetry={() => refetch({ requestPolicy: "network-only" })} />}
      {!accounts && fetching && (
        <Loading what={t("people.loading")}>
          <div className={styles.padded}>
            <Skeleton height="16rem" />
          </div>
        </Loading>
      )}
      {accounts && people.length === 0 && <Empty icon={<UserX size={22} />} title={t("people.none")} />}
      {people.length > 0 && (
        <SimpleTable<StaffAccountFragment>
          label={t("views.people")}
          rows={people}
          keyOf={(person) => person.staffId ?? ""}
          columns={[
            {
              name: t("column.name"),
              of: (person) => (
                <Link className={styles.person} to={`/staff/${person.staffId}`}>
                  <span>{person.displayName}</span>
                  <span className={styles.quiet}>{person.username}</span>
                </Link>
              ),
            },
            { name: t("column.role"), of: (person) => term("role", person.role ?? "") },
            { name: t("column.state"), of: (person) => <AccountBadges account={person} /> },
            {
              name: t("column.exceptions"),
              wide: true,
              of: exceptionsOf,
            },
            {
              name: t("column.signedIn"),
              wide: true,
              of: (person) =>
                person.lastSignedInAt ? formatMoment(person.lastSignedInAt, me.timezone) : t("people.never"),
            },
          ]}
        />
      )}
      {accounts && (
        <Pager
          page={page}
          size={PAGE}
          total={accounts.totalCount}
          onPage={(next) => setSearch({ show: "people", page: String(next) })}
        />
      )}
    </Card>
  );
}

function exceptionsOf({ added, withdrawn }: Pick<StaffAccountFragment, "added" | "withdrawn">): string {
  const said = [];
  if (added?.length) said.push(t("people.added", { count: added.length }));
  if (withdrawn?.length) said.push(t("people.withdrawn", { count: withdrawn.length }));
  return said.join(", ");
}
