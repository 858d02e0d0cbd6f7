-- The steps from play to points, so that every number can be explained to a player, a manager or
-- an auditor without redoing the sum.

create type loyalty.points_calculation as (
  decisions numeric,
  theoretical_win numeric,
  base_points numeric,
  tier_points numeric,
  seat_points numeric,
  volume_points numeric,
  points bigint
);

alter type loyalty.points_calculation owner to pit_owner;

comment on type loyalty.points_calculation is
  'decisions; theoretical win in dollars; base points; then after the tier multiplier, the seat '
  'bonus and the volume bonus; and the points, rounded once at the end.';
