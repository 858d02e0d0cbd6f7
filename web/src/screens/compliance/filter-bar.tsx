import { Search } from "lucide-react";
import type { ReactNode } from "react";
import { Field } from "../../components/field.tsx";
import { Picker } from "../../components/picker.tsx";
import { Segmented } from "../../components/segmented.tsx";
import { humanize } from "../../lib/format.ts";
import styles from "./compliance.module.css";
import { ANYWHERE, type Area, areas, directions, type Filters } from "./filters.ts";

const places: readonly { id: Area; label: string }[] = [
  { id: ANYWHERE, label: "All areas" },
  ...areas.map((area) => ({ id: area, label: humanize(area) })),
];

interface FilterBarProps {
  filters: Filters;
  onChange: (change: { direction?: string; patron?: string; area?: string }) => void;
  children: ReactNode;
}

export function FilterBar({ filters, onChange, children }: FilterBarProps) {
  return (
    <search className={styles.filters} aria-label="Patron-days">
      <div className={styles.search}>
        <Field
          label="Patron"
          type="search"
          value={filters.patron}
          onChange={(patron) => onChange({ patron })}
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
