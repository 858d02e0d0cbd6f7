-- What a command on points gives back: the entry that was written, or the request where a second
-- person has to agree first.

create type loyalty.ledger_result as (
  ledger_entry loyalty.loyalty_ledger,
  reward_request loyalty.reward_request,
  replayed boolean,
  current_balance bigint,
  tier text,
  tier_progress integer
);

alter type loyalty.ledger_result owner to pit_owner;

comment on type loyalty.ledger_result is
  'The ledger entry, or the request where a second person is needed; whether it is an earlier '
  'result given again; and the player''s standing now.';
