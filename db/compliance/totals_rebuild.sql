-- What rebuilding the totals of the cash log gives back: what differed, with what the entries say
-- as expected, and the totals as they are now.

create type compliance.totals_rebuild as (
  dry_run boolean,
  days integer,
  differences compliance.totals_drift[],
  totals compliance.patron_gaming_day[]
);

alter type compliance.totals_rebuild owner to pit_owner;

comment on type compliance.totals_rebuild is
  'Whether it was only a look, how many patrons'' gaming days differ, every difference, and the '
  'rebuilt totals, none after a look.';
