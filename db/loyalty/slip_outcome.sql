-- What a slip's completion came to, for floor to hand on: the only thing that floor ever learns
-- about points.

create type loyalty.slip_outcome as (
  outcome text,
  replayed boolean,
  points bigint,
  theoretical_win numeric,
  current_balance bigint,
  lifetime_points bigint,
  tier text,
  tier_progress integer,
  ledger_entry loyalty.loyalty_ledger,
  correlation_id text,
  promotion_points bigint
);

alter type loyalty.slip_outcome owner to pit_owner;

comment on type loyalty.slip_outcome is
  'outcome is awarded, replayed (an earlier award given again) or pending (the award failed and '
  'will be retried); points is null while pending; theoretical_win is in dollars; then the '
  'player''s standing now, the ledger entry (none for 0 points), the correlation id of the '
  'request that completed the slip; and what campaigns gave for the slip beside points.';
