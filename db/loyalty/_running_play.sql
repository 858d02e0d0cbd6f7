-- What every running slip is worth, and at which table, for the functions that tell it slip by slip
-- and pit by pit: computed as it will be when the slip closes, by the policy version with which
-- each slip opened.

create or replace function loyalty._running_play(casino_id integer)
returns table (table_id uuid, play loyalty.live_play)
language sql
stable
set search_path = ''
begin atomic
  select
    (r.slip).table_id,
    row(
      (r.slip).rating_slip_id, (r.slip).accumulated_seconds, (r.slip).average_bet,
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
    )::loyalty.live_play
  from floor._running_play() as r
  left join loyalty.loyalty_policy as p
    on p.casino_id = _running_play.casino_id and p.loyalty_policy_id = (r.slip).loyalty_policy_id;
end;

alter function loyalty._running_play(integer) owner to loyalty_service;
revoke all on function loyalty._running_play(integer) from public;

comment on function loyalty._running_play(integer) is
  'Every open or paused slip of a casino with its table and what it amounts to so far.';
