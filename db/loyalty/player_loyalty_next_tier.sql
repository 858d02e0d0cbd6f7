-- Which tier comes next and what is missing to it, as a field of the standing. One look into the
-- key of the tiers, with its reader's rights: whoever sees a standing may know what comes next.

create function loyalty.player_loyalty_next_tier(standing loyalty.player_loyalty)
returns loyalty.next_tier
language sql
stable
begin atomic
  select t.tier, t.threshold_points - standing.lifetime_points
  from loyalty.loyalty_tier as t
  where t.casino_id = standing.casino_id
    and t.effective_from = (
      select max(v.effective_from)
      from loyalty.loyalty_tier as v
      where v.casino_id = standing.casino_id and v.effective_from <= now()
    )
    and t.threshold_points > standing.lifetime_points
  order by t.threshold_points
  limit 1;
end;

alter function loyalty.player_loyalty_next_tier(loyalty.player_loyalty) owner to loyalty_service;
revoke all on function loyalty.player_loyalty_next_tier(loyalty.player_loyalty) from public;
grant execute on function loyalty.player_loyalty_next_tier(loyalty.player_loyalty) to pit_staff;

comment on function loyalty.player_loyalty_next_tier(loyalty.player_loyalty) is
  'The next tier and the lifetime points missing to it; null at the highest.';
