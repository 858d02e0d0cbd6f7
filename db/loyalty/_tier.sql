-- The tier of a player: the highest whose floor their lifetime points reach. An expression over the
-- terms that the caller has read already, so that an award doesn't look tiers up.

create or replace function loyalty._tier(tiers text[], tier_floors bigint[], lifetime bigint)
returns text
language sql
immutable
return tiers[width_bucket(lifetime, tier_floors)];

alter function loyalty._tier(text[], bigint[], bigint) owner to loyalty_service;
revoke all on function loyalty._tier(text[], bigint[], bigint) from public;

comment on function loyalty._tier(text[], bigint[], bigint) is
  'Tier of these lifetime points; the floors ascend from 0.';
