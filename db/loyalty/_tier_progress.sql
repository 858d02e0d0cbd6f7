-- How far a player is on the way to the next tier, as screens and statements show it. The same
-- arithmetic as loyalty._tier_standing, over the terms that the caller has read already.

create or replace function loyalty._tier_progress(tier_floors bigint[], lifetime bigint)
returns integer
language sql
immutable
return coalesce(
  round(
    (lifetime - tier_floors[width_bucket(lifetime, tier_floors)]) * 100.0
    / (
      tier_floors[width_bucket(lifetime, tier_floors) + 1]
      - tier_floors[width_bucket(lifetime, tier_floors)]
    )
  )::integer,
  100
);

alter function loyalty._tier_progress(bigint[], bigint) owner to loyalty_service;
revoke all on function loyalty._tier_progress(bigint[], bigint) from public;

comment on function loyalty._tier_progress(bigint[], bigint) is
  'Percent of the way from the tier''s floor to the next, half-up; 100 at the top.';
