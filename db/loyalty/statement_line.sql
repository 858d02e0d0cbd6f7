-- One line of a player's statement: an entry in the player's words and the balance that it leads
-- to.

create type loyalty.statement_line as (
  entry_no bigint,
  gaming_day date,
  occurred_at timestamptz,
  transaction_type text,
  description text,
  points_change bigint,
  balance bigint
);

alter type loyalty.statement_line owner to pit_owner;

comment on type loyalty.statement_line is
  'An entry of the period in words, and the balance after it, reckoned from the opening balance.';
