-- Before and after of one change to a player's standing, and the link it added to the chain; taken
-- from the one statement that made the change.

create type loyalty.points_move as (
  player_id uuid,
  entry_no bigint,
  balance_before bigint,
  balance_after bigint,
  tier_before text,
  tier_after text,
  lifetime_points bigint,
  tier_progress integer,
  previous_hash bytea,
  entry_hash bytea,
  updated_at timestamptz
);

alter type loyalty.points_move owner to pit_owner;

comment on type loyalty.points_move is
  'One change of a player''s standing: before, after, and the new end of the chain.';
