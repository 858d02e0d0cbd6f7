-- What completing a slip gives back: the closed slip with its telemetry, and what it earned, read
-- in the same statement so that both belong together.

create type floor.rating_slip_completion as (
  rating_slip floor.rating_slip,
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

alter type floor.rating_slip_completion owner to pit_owner;

comment on type floor.rating_slip_completion is
  'The closed slip; outcome is awarded, replayed or pending; points, null while pending; '
  'theoretical win in dollars; the player''s standing now; the ledger entry, none for 0 points; '
  'the correlation id of the request that completed the slip; and the points that campaigns gave '
  'for it beside points.';
