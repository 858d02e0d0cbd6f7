import { Search } from "lucide-react";
import type { ReactNode } from "react";
import { Field } from "../../components/field.tsx";
import { Picker } from "../../components/picker.tsx";
import { Segmented } from "../../components/segmented.tsx";
import { useMtlAreasQuery } from "../../generated/graphql.ts";
import { isPresent } from "../../lib/present.ts";
import { useTyped } from "../../lib/typed.ts";
import { term } from "../../words/term.ts";
import { words } from "../../words/words.ts";
import styles from "./compliance.module.css";
import { ANYWHERE, directions, type Filters } from "./filters.ts";

const t = words("compliance");

interface FilterBarProps {
  filters: Filters;
  onChange: (change: { direction?: string; patron?: string; area?: string }) => void;
  children: ReactNode;
}

export function FilterBar({ filters, onChange, children }: FilterBarProps) {
  const [{ data }] = useMtlAreasQuery();
  const [patron, typePatron] = useTyped(filters.patron, (typed) => onChange({ patron: typed }));
  const areas = (data?.mtlAreas?.nodes ?? []).filter(isPresent).sort((a, b) => a.sortNo - b.sortNo);
  const places = [
    { id: ANYWHERE, label: t("filters.areas") },
    ...areas.map(({ area }) => ({ id: area, label: term("area", area) })),
    // The address may name one that isn't known here, or not yet.
    ...(filters.area === ANYWHERE || areas.some(({ area }) => area === filters.area)
      ? []
      : [{ id: filters.area, label: term("area", filters.area) }]),
  ];
  return (
    <search className={styles.filters} aria-label={t("days.label")}>
      <div className={styles.search}>
        <Field
          label={t("patron")}
          type="search"
          value={patron}
          onChange={typePatron}
          prefix={<Search size={18} />}
          placeholder={t("filters.placeholder")}
          autoComplete="off"
        />
      </div>
      <div className={styles.area}>
        <Picker
          label={t("filters.area")}
          options={places}
          value={filters.area}
          onChange={(area) => onChange({ area: area === ANYWHERE ? "" : area })}
        />
      </div>
      <Segmented
        label={t("direction")}
        options={directions()}
        value={filters.direction}
        onChange={(direction) => onChange({ direction: direction === "both" ? "" : direction })}
      />
      {children}
    </search>
  );
}
