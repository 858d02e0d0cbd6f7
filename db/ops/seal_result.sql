-- What sealing gives back: the seal to be copied to another place, and whether it was there
-- already.

create type ops.seal_result as (
  ledger_seal ops.ledger_seal,
  replayed boolean
);

alter type ops.seal_result owner to pit_owner;

comment on type ops.seal_result is
  'The seal of a gaming day; replayed when it was there already.';
