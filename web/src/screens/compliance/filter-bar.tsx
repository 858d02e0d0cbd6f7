import { Search } from "lucide-react";
import type { ReactNode } from "react";
import { Field } from "../../components/field.tsx";
import { Picker } from "../../components/picker.tsx";
import { Segmented } from "../../components/segmented.tsx";
import { useMtlAreasQuery } from "../../generated/graphql.ts";
import { humanize } from "../../lib/format.ts";
import { useTyped } from "../../lib/typed.ts";
import { isPresent } from "../pit-board/board.ts";
import styles from "./compliance.module.css";
import { ANYWHERE, directions, type Filters } from "./filters.ts";

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
    { id: ANYWHERE, label: "All areas" },
    ...areas.map(({ area, label }) => ({ id: area, label })),
    // The address may name one that isn't known here, or not yet.
    ...(filters.area === ANYWHERE || areas.some(({ area }) => area === filters.area)
      ? []
      : [{ id: filters.area, label: humanize(filters.area) }]),
  ];
  return (
    <search className={styles.filters} aria-label="Patron-days">
      <div className={styles.search}>
        <Field
          label="Patron"
          type="search"
          value={patron}
          onChange={typePatron}
          prefix={<Search size={18} />}
          placeholder="Name or card number"
          autoComplete="off"
        />
      </div>
      <div className={styles.area}>
        <Picker
          label="Area"
          options={places}
          value={filters.area}
          onChange={(area) => onChange({ area: area === ANYWHERE ? "" : area })}
        />
      </div>
      <Segmented
        label="Direction"
        options={directions}
        value={filters.direction}
        onChange={(direction) => onChange({ direction: direction === "both" ? "" : direction })}
      />
      {children}
    </search>
  );
}
