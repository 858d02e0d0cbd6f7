-- The tier rule (domain.md section 4), in one place: the highest tier whose threshold is
-- reached, in the version of the tiers that was in force. Every version has a tier from 0, so
-- the newest version's highest reached row is the first one of this order.

create or replace function loyalty._tier_standing(
  casino_id integer,
  lifetime bigint,
  at timestamptz
)
returns setof loyalty.tier_standing
language sql
stable
rows 1
begin atomic
  select
    t.tier,
    coalesce(
      round(
        (lifetime - t.threshold_points) * 100.0
        / (t.next_threshold_points - t.threshold_points)
      )::integer,
      100
    ),
    t.multiplier
  from loyalty.loyalty_tier as t
  where t.casino_id = _tier_standing.casino_id
    and t.effective_from <= at
    and t.threshold_points <= lifetime
  order by t.effective_from desc, t.threshold_points desc
  limit 1;
end;

alter function loyalty._tier_standing(integer, bigint, timestamptz) owner to loyalty_service;
revoke all on function loyalty._tier_standing(integer, bigint, timestamptz) from public;

comment on function loyalty._tier_standing(integer, bigint, timestamptz) is
  'Tier, progress and multiplier of so many lifetime points at a moment; no row without tiers.';
