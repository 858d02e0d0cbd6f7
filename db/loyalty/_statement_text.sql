-- What a player reads on a statement: no names of staff, no codes, no reasons that were written for
-- colleagues.

create or replace function loyalty._statement_text(
  transaction_type text,
  event_type text,
  reason text,
  reverses_entry_no bigint
) returns text
language sql
immutable
return case
  when event_type = 'LEGACY_IMPORTED' then 'Carried over from the former program'
  when transaction_type = 'GAMEPLAY' then 'Points for rated play'
  when transaction_type = 'MANUAL_BONUS' then 'Bonus points'
  when transaction_type = 'PROMOTION' then coalesce('Promotion: ' || reason, 'Promotion')
  when transaction_type = 'ADJUSTMENT' then 'Adjustment'
  when transaction_type = 'REDEMPTION' then 'Points redeemed'
  when transaction_type = 'EXPIRATION' then 'Points expired'
  else 'Reversal of entry ' || reverses_entry_no
end;

alter function loyalty._statement_text(text, text, text, bigint) owner to loyalty_service;
revoke all on function loyalty._statement_text(text, text, text, bigint) from public;

comment on function loyalty._statement_text(text, text, text, bigint) is
  'A ledger entry in the words of a player''s statement.';
