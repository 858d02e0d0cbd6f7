-- A player's statement for a period: what a player gets to see and may dispute, so its sums tie
-- from the opening to the closing balance.

create type loyalty.statement as (
  player_id uuid,
  player_name text,
  card_no text,
  casino_name text,
  first_day date,
  last_day date,
  opening_balance bigint,
  earned bigint,
  redeemed bigint,
  expired bigint,
  adjusted bigint,
  closing_balance bigint,
  tier text,
  made_at timestamptz,
  lines loyalty.statement_line[]
);

alter type loyalty.statement owner to pit_owner;

comment on type loyalty.statement is
  'opening + earned - redeemed - expired + adjusted (adjustments and reversals) = closing, and the '
  'entries of the gaming days from first_day to last_day.';
