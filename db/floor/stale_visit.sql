-- What became of one visit that nobody closed, so that the log can say it: ids and points, never
-- a name.

create type floor.stale_visit as (
  visit_id uuid,
  player_id uuid,
  closed_at timestamptz,
  rating_slip_id uuid,
  outcome text,
  code text,
  told jsonb
);

alter type floor.stale_visit owner to pit_owner;

comment on type floor.stale_visit is
  'A visit that lay idle for too long: closed, when, with which slip and what that earned (awarded '
  'or pending; null without a slip), or left open with the error''s code; and what the log says of '
  'the points.';
