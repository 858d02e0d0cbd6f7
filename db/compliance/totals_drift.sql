-- A difference in the cash log: in a total, in a case, or an entry that a command remembers
-- otherwise. What reconciliation reports.

create type compliance.totals_drift as (
  patron_id uuid,
  player_id uuid,
  gaming_day date,
  entry_id uuid,
  what text,
  expected text,
  actual text
);

alter type compliance.totals_drift owner to pit_owner;

comment on type compliance.totals_drift is
  'A patron, the player where it is one, the gaming day, the entry where it is about one, what '
  'differs, what it should be and what it is.';
