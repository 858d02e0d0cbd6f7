-- What floor tells loyalty about a closed slip: everything that points depend on, nothing about
-- points. Game figures come from the slip's snapshot, not from the table as it is now.

create type floor.slip_telemetry as (
  casino_id integer,
  rating_slip_id uuid,
  visit_id uuid,
  player_id uuid,
  opened_at timestamptz,
  closed_at timestamptz,
  accumulated_seconds integer,
  average_bet numeric,
  house_edge numeric,
  decisions_per_hour integer,
  seats integer,
  conversion_rate numeric,
  point_multiplier numeric,
  loyalty_policy_id uuid,
  closed_by uuid,
  correlation_id text,
  table_id uuid,
  game_code text
);

alter type floor.slip_telemetry owner to pit_owner;

comment on type floor.slip_telemetry is
  'A closed slip''s telemetry and the snapshot of its game settings; closed_by is the person '
  'and correlation_id the request that closed it.';
