-- Puts every player's tier and progress where the tiers in force say they are: when a version is
-- put in force, and when a planned one has begun. Players are locked in order, and the feed, which
-- locks several in an order of its own, waits; only those change whom the new version moves.

create or replace function loyalty._move_standings() returns integer
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_locked boolean := ops._lock(identity._casino(), 'ops.ingest_events');
  v_moved integer;
begin
  perform
  from loyalty.player_loyalty as p
  where p.casino_id = identity._casino()
  order by p.player_id
  for no key update;
  update loyalty.player_loyalty as p
  set tier = s.tier, tier_progress = s.tier_progress
  from loyalty.player_loyalty as b
  cross join lateral loyalty._tier_standing(b.casino_id, b.lifetime_points, now()) as s
  where p.casino_id = identity._casino()
    and b.casino_id = identity._casino()
    and b.player_id = p.player_id
    and (p.tier, p.tier_progress) is distinct from (s.tier, s.tier_progress);
  get diagnostics v_moved = row_count;
  update loyalty.terms_in_force as t
  set standings_as_of = now()
  where t.casino_id = identity._casino();
  return v_moved;
end
$$;

alter function loyalty._move_standings() owner to loyalty_service;
revoke all on function loyalty._move_standings() from public;

comment on function loyalty._move_standings() is
  'Sets everybody''s tier to the tiers in force and gives the number of players moved.';
