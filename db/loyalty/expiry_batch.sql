-- What one call of the expiry job did, for the worker: whether there is more to do, and the entries
-- for its log.

create type loyalty.expiry_batch as (
  cut_off date,
  finished boolean,
  players integer,
  points bigint,
  ledger_entries loyalty.loyalty_ledger[]
);

alter type loyalty.expiry_batch owner to pit_owner;

comment on type loyalty.expiry_batch is
  'The run''s cut-off (null when points don''t expire), whether it is finished, players and '
  'points of this batch, and its ledger entries.';
