-- The theoretical win of everybody who plays now. Read now and then by the pit board, never
-- stored.

create or replace function loyalty.running_play() returns setof loyalty.live_play
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('floor:rate');
begin
  return query
  select (r.play).*
  from loyalty._running_play(v_actor.casino_id) as r
  order by (r.play).rating_slip_id;
end
$$;

alter function loyalty.running_play() owner to loyalty_service;
revoke all on function loyalty.running_play() from public;
grant execute on function loyalty.running_play() to pit_staff;

comment on function loyalty.running_play() is
  'Every open or paused slip of the casino with what it amounts to so far. Capability: floor:rate. '
  'Errors: IDUNA, IDFRB.';
