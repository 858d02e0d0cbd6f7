-- What reconciling gives back: the run as it was recorded, with the one figure that matters beside
-- it.

create type ops.reconciliation_result as (
  reconciliation_run ops.reconciliation_run,
  drift_found integer
);

alter type ops.reconciliation_result owner to pit_owner;

comment on type ops.reconciliation_result is
  'A reconciliation and how many differences it found; they are rows of reconciliation_drift.';
