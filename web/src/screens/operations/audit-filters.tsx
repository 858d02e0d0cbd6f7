import { X } from "lucide-react";
import { useState } from "react";
import { useMe } from "../../api/session.tsx";
import { Button } from "../../components/button.tsx";
import { Field } from "../../components/field.tsx";
import { Finder } from "../../components/finder.tsx";
import { MomentField } from "../../components/moment-field.tsx";
import { Picker } from "../../components/picker.tsx";
import { useStaffNamesQuery } from "../../generated/graphql.ts";
import { isPresent } from "../../lib/present.ts";
import { useTyped } from "../../lib/typed.ts";
import { isUuid } from "../../lib/uuid.ts";
import { words } from "../../words/words.ts";
import { usePlayerNames } from "../players/use-player-names.ts";
import { usePlayerSearch } from "../players/use-player-search.ts";
import styles from "./operations.module.css";

const t = words("operations");

const ANYBODY = "anybody";

interface AuditFiltersProps {
  search: URLSearchParams;
  onChange: (name: string, value: string) => void;
}

/** What the log is searched by; all of it is in the address. */
export function AuditFilters({ search, onChange }: AuditFiltersProps) {
  const me = useMe();
  const [{ data }] = useStaffNamesQuery();
  const [request, typeRequest] = useTyped(search.get("request") ?? "", (text) => onChange("request", text.trim()));
  const staff = data?.staffs?.nodes.filter(isPresent) ?? [];
  const people = [
    { id: ANYBODY, label: t("audit.anybody") },
    ...staff.map(({ staffId, displayName }) => ({ id: staffId, label: displayName })),
  ];
  return (
    <search aria-label={t("audit.search")} className={styles.bar}>
      <Field label={t("audit.request")} value={request} onChange={typeRequest} type="search" verbatim />
      <PlayerFilter playerId={search.get("player") ?? ""} onChange={(id) => onChange("player", id)} />
      <Picker
        label={t("audit.person")}
        options={people}
        value={people.some(({ id }) => id === search.get("person")) ? (search.get("person") ?? ANYBODY) : ANYBODY}
        onChange={(id) => onChange("person", id === ANYBODY ? "" : id)}
      />
      <MomentField
        label={t("audit.since")}
        value={search.get("since") ?? ""}
        onChange={(moment) => onChange("since", moment)}
      />
      <MomentField
        label={t("audit.until")}
        value={search.get("until") ?? ""}
        onChange={(moment) => onChange("until", moment)}
      />
      <p className={styles.small}>{t("audit.clock", { timezone: me.timezone })}</p>
    </search>
  );
}

interface PlayerFilterProps {
  playerId: string;
  onChange: (playerId: string) => void;
}

/** A player found by name or card, or by the id that a log line has. */
function PlayerFilter({ playerId, onChange }: PlayerFilterProps) {
  const [typed, setTyped] = useState("");
  const found = usePlayerSearch(typed);
  const nameOf = usePlayerNames(isUuid(playerId) ? [playerId] : []);
  if (playerId !== "") {
    return (
      <Field
        label={t("audit.player")}
        value={nameOf(playerId) ?? playerId}
        isReadOnly
        action={
          <Button look="quiet" icon={<X size={17} />} aria-label={t("audit.anyPlayer")} onPress={() => onChange("")} />
        }
      />
    );
  }
  return (
    <Finder
      label={t("audit.player")}
      placeholder={t("audit.playerHint")}
      text={typed}
      onText={(text) => {
        const id = text.trim();
        setTyped(isUuid(id) ? "" : text);
        if (isUuid(id)) onChange(id);
      }}
      found={found.players}
      settled={found.settled}
      idOf={(player) => player.playerId}
      nameOf={(player) => `${player.firstName} ${player.lastName}`}
      onPick={(player) => {
        setTyped("");
        onChange(player.playerId);
      }}
      none={t("audit.noPlayer")}
    >
      {(player) => (
        <span className={styles.who}>
          <span>{`${player.firstName} ${player.lastName}`}</span>
          <span className={`${styles.small} numeric`}>{player.cardNo}</span>
        </span>
      )}
    </Finder>
  );
}
