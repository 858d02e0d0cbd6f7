-- What one pass over the cash log tells: how much was looked at, so that "nothing" can't mean
-- "nothing looked at", and every difference.

create type compliance.totals_reconciliation as (
  entries bigint,
  drift compliance.totals_drift[]
);

alter type compliance.totals_reconciliation owner to pit_owner;

comment on type compliance.totals_reconciliation is
  'How many entries of the cash log were compared, and every difference.';
