import { useSearchParams } from "react-router";
import { useMe } from "../../api/session.tsx";
import { Button } from "../../components/button.tsx";
import { DayPicker } from "../../components/day-field.tsx";
import { Picker } from "../../components/picker.tsx";
import type { LoyaltyLedgerFilter } from "../../generated/graphql.ts";
import { isDay } from "../../lib/days.ts";
import { term } from "../../words/term.ts";
import { words } from "../../words/words.ts";
import styles from "./ledger-filters.module.css";

const t = words("player");

const ALL = "all";
const types = ["GAMEPLAY", "MANUAL_BONUS", "PROMOTION", "ADJUSTMENT", "REDEMPTION", "EXPIRATION", "REVERSAL"] as const;

type Name = "type" | "from" | "to";

interface LedgerFilters {
  type: string | undefined;
  from: string | undefined;
  to: string | undefined;
}

/** What the list of entries is narrowed down to; it is in the address. */
export function useLedgerFilters(): [LedgerFilters, (change: Partial<Record<Name, string>>) => void] {
  const [search, setSearch] = useSearchParams();
  const day = (name: Name) => {
    const text = search.get(name);
    return isDay(text) ? text : undefined;
  };
  const filters = { type: types.find((type) => type === search.get("type")), from: day("from"), to: day("to") };
  const change = (values: Partial<Record<Name, string>>) => {
    const next = new URLSearchParams(search);
    for (const [name, value] of Object.entries(values)) {
      if (value === "") next.delete(name);
      else next.set(name, value);
    }
    setSearch(next, { replace: true });
  };
  return [filters, change];
}

/** Undefined when nothing is filtered for. */
export function toFilter({ type, from, to }: LedgerFilters): LoyaltyLedgerFilter | undefined {
  if (!type && !from && !to) return undefined;
  return {
    ...(type && { transactionType: { equalTo: type } }),
    ...((from || to) && {
      gamingDay: {
        ...(from && { greaterThanOrEqualTo: from }),
        ...(to && { lessThanOrEqualTo: to }),
      },
    }),
  };
}

interface LedgerFilterBarProps {
  filters: LedgerFilters;
  onChange: (change: Partial<Record<Name, string>>) => void;
}

export function LedgerFilterBar({ filters, onChange }: LedgerFilterBarProps) {
  const me = useMe();
  const { type, from, to } = filters;
  return (
    <search className={styles.filters} aria-label={t("filters.label")}>
      <div className={styles.type}>
        <Picker
          label={t("filters.type")}
          options={[
            { id: ALL, label: t("filters.allTypes") },
            ...types.map((id) => ({ id, label: term("transactionType", id) })),
          ]}
          value={type ?? ALL}
          onChange={(chosen) => onChange({ type: chosen === ALL ? "" : chosen })}
        />
      </div>
      <div className={styles.day}>
        <span aria-hidden="true">{t("filters.from")}</span>
        <DayPicker
          label={t("filters.firstDay")}
          value={from ?? ""}
          last={to ?? me.gamingDay}
          onChange={(day) => onChange({ from: day })}
        />
      </div>
      <div className={styles.day}>
        <span aria-hidden="true">{t("filters.to")}</span>
        <DayPicker
          label={t("filters.lastDay")}
          value={to ?? ""}
          last={me.gamingDay}
          onChange={(day) => onChange({ to: day, ...(from && from > day && { from: day }) })}
        />
      </div>
      {(type || from || to) && (
        <Button look="quiet" onPress={() => onChange({ type: "", from: "", to: "" })}>
          {t("filters.clear")}
        </Button>
      )}
    </search>
  );
}
