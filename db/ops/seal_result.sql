-- What sealing gives back.

create type ops.seal_result as (
  ledger_seal ops.ledger_seal,
  replayed boolean
);

alter type ops.seal_result owner to pit_owner;

comment on type ops.seal_result is
  'The seal of a gaming day; replayed when it was there already.';
