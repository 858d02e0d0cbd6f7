-- The theoretical win of everybody who plays now, computed as it will be when the slip closes: by
-- the policy version with which each slip opened. Read now and then by the pit board, never stored.

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
  select
    (r.slip).rating_slip_id, (r.slip).accumulated_seconds,
    (r.slip).average_bet,
    case
      when p.loyalty_policy_id is not null then round(
        (
          loyalty.calculate_points(
            (r.slip).average_bet, (r.slip).accumulated_seconds, (r.slip).house_edge,
            (r.slip).decisions_per_hour, (r.slip).seats, (r.slip).conversion_rate,
            (r.slip).point_multiplier, 1, p
          )
        ).theoretical_win,
        2
      )
    end,
    r.attention
  from floor._running_play() as r
  left join loyalty.loyalty_policy as p
    on p.casino_id = v_actor.casino_id and p.loyalty_policy_id = (r.slip).loyalty_policy_id
  order by (r.slip).rating_slip_id;
end
$$;

alter function loyalty.running_play() owner to loyalty_service;
revoke all on function loyalty.running_play() from public;
grant execute on function loyalty.running_play() to pit_staff;

comment on function loyalty.running_play() is
  'Every open or paused slip of the casino with what it amounts to so far. Capability: floor:rate. '
  'Errors: IDUNA, IDFRB.';
