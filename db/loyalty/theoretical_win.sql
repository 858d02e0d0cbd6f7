-- Where the house earns: theoretical win by game, table, hour or gaming day. Play is counted in the
-- hour in which it happened, whenever its slip closed, and decisions are not rounded: a policy that
-- rounds them per slip gives sums that differ by less than one decision for each slip.

create or replace function loyalty.theoretical_win(
  first_day date default null,
  last_day date default null,
  by text default 'game'
) returns setof loyalty.win_line
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('loyalty:view_all');
  v_last date := coalesce(
    theoretical_win.last_day,
    identity._gaming_day(v_actor.timezone, v_actor.gaming_day_start, now())
  );
  v_first date := coalesce(theoretical_win.first_day, v_last - 6);
  v_first_hour text := to_char(v_actor.gaming_day_start, 'HH24');
begin
  if not (isfinite(v_first) and isfinite(v_last)) or v_last - v_first not between 0 and 399 then
    perform ops._refuse('LYPRD', array['it has 1 to 400 days']);
  end if;
  if not coalesce(theoretical_win.by = any ('{game,table,hour,day}'), false) then
    perform ops._refuse('LYPRD', array['it can be looked at by game, table, hour or day']);
  end if;
  return query
  with line as (
    select
      case theoretical_win.by
        when 'game' then p.game_code
        when 'table' then p.table_label
        when 'hour' then to_char(p.begins_at at time zone v_actor.timezone, 'HH24')
        else identity._gaming_day(
          v_actor.timezone, v_actor.gaming_day_start, p.begins_at
        )::text
      end as code,
      case theoretical_win.by
        when 'game' then max(p.game_name)
        when 'table' then max(p.pit)
      end as label,
      count(distinct p.rating_slip_id)::integer as slips,
      floor(sum(p.seconds))::bigint as seconds,
      round(sum(p.bet * p.seconds) / sum(p.seconds), 2) as bet,
      round(
        sum(p.bet * p.house_edge * 0.01 * p.seconds * p.decisions_per_hour) / 3600, 2
      ) as win
    from floor._hourly_play(
      (v_first + v_actor.gaming_day_start) at time zone v_actor.timezone,
      (v_last + 1 + v_actor.gaming_day_start) at time zone v_actor.timezone
    ) as p
    group by 1
  )
  select
    (
      row_number() over (
        order by
          case when theoretical_win.by = any ('{game,table}') then l.win end desc,
          case when theoretical_win.by = 'hour' then l.code < v_first_hour end,
          l.code
      )
    )::integer,
    l.code, coalesce(l.label, l.code), l.slips, l.seconds, l.bet, l.win
  from line as l
  order by 1;
end
$$;

alter function loyalty.theoretical_win(date, date, text) owner to loyalty_service;
revoke all on function loyalty.theoretical_win(date, date, text) from public;
grant execute on function loyalty.theoretical_win(date, date, text) to pit_staff;

comment on function loyalty.theoretical_win(date, date, text) is
  'Theoretical win of the play in these gaming days (default: the last 7), by game or table (most '
  'first), by hour of the local clock (as a gaming day has them), or by gaming day. Capability '
  'loyalty:view_all. Errors: IDUNA, IDFRB, LYPRD.';
