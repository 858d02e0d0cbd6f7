-- How the outstanding points came from one gaming day to the next, added up from the ledger
-- itself each time: an entry that arrives late counts on the day it belongs to, and the closing of
-- the last day is the sum of all balances, to the point.

create or replace function loyalty.liability_roll_forward(
  first_day date default null,
  last_day date default null
) returns setof loyalty.liability_day
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('loyalty:view_all');
  v_last date := coalesce(
    liability_roll_forward.last_day,
    identity._gaming_day(v_actor.timezone, v_actor.gaming_day_start, now())
  );
  v_first date := coalesce(liability_roll_forward.first_day, v_last - 29);
begin
  if not (isfinite(v_first) and isfinite(v_last)) or v_last - v_first not between 0 and 399 then
    perform ops._refuse('LYPRD', array['it has 1 to 400 days']);
  end if;
  return query
  with day as (
    select
      greatest(l.gaming_day, v_first - 1) as gaming_day,
      sum(l.points_change) as change,
      sum(l.points_change) filter (where l.transaction_type = 'GAMEPLAY') as play,
      sum(l.points_change) filter (where l.transaction_type = 'MANUAL_BONUS') as reward,
      sum(l.points_change) filter (where l.transaction_type = 'PROMOTION') as promotion,
      sum(l.points_change) filter (where l.transaction_type = 'REDEMPTION') as redeemed,
      sum(l.points_change) filter (where l.transaction_type = 'EXPIRATION') as expired,
      sum(l.points_change) filter (where l.transaction_type = 'ADJUSTMENT') as adjusted,
      sum(l.points_change) filter (where l.transaction_type = 'REVERSAL') as reversed
    from loyalty.loyalty_ledger as l
    where l.casino_id = identity._casino() and l.gaming_day <= v_last
    group by greatest(l.gaming_day, v_first - 1)
  ),
  balance as (
    select n.gaming_day, sum(coalesce(d.change, 0)) over (order by n.gaming_day) as closing
    from (
      select (v_first - 1 + s.s) as gaming_day
      from generate_series(0, v_last - v_first + 1) as s (s)
    ) as n
    left join day as d on d.gaming_day = n.gaming_day
  )
  select
    b.gaming_day,
    (b.closing - coalesce(d.change, 0))::bigint,
    (coalesce(d.play, 0) + coalesce(d.reward, 0) + coalesce(d.promotion, 0))::bigint,
    coalesce(d.play, 0)::bigint,
    coalesce(d.reward, 0)::bigint,
    coalesce(d.promotion, 0)::bigint,
    -coalesce(d.redeemed, 0)::bigint,
    -coalesce(d.expired, 0)::bigint,
    (coalesce(d.adjusted, 0) + coalesce(d.reversed, 0))::bigint,
    coalesce(d.reversed, 0)::bigint,
    b.closing::bigint
  from balance as b
  left join day as d on d.gaming_day = b.gaming_day
  where b.gaming_day >= v_first
  order by b.gaming_day;
end
$$;

alter function loyalty.liability_roll_forward(date, date) owner to loyalty_service;
revoke all on function loyalty.liability_roll_forward(date, date) from public;
grant execute on function loyalty.liability_roll_forward(date, date) to pit_staff;

comment on function loyalty.liability_roll_forward(date, date) is
  'Outstanding points by gaming day (default: the last 30): opening + earned - redeemed - expired '
  '+ adjusted = closing. Capability loyalty:view_all. Errors: IDUNA, IDFRB, LYPRD.';
