-- Cash in and out by the hour of a gaming day, over all divisions: 24 lines, 23 or 25 on the nights
-- when clocks change. A correction counts in the hour of the entry that it corrects.

create or replace function compliance.cash_by_hour(gaming_day date default null)
returns setof compliance.cash_hour
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('mtl:review');
  v_day date := coalesce(
    cash_by_hour.gaming_day,
    identity._gaming_day(v_actor.timezone, v_actor.gaming_day_start, now())
  );
  v_log_floor numeric;
begin
  if not isfinite(v_day) then
    perform ops._refuse('LYPRD', array['it is one gaming day']);
  end if;
  v_log_floor := (compliance._thresholds(v_actor, v_day)).log_floor;
  return query
  with entry as (
    select
      o.occurred_at, e.cash_in, e.cash_out,
      e.entry_role <> 'offset' and not exists (
        select
        from compliance.mtl_entry as n
        where n.casino_id = v_actor.casino_id
          and n.corrects_entry_id = o.entry_id
          and n.correction_no = e.correction_no + 1
      ) as is_live
    from compliance.mtl_entry as e
    join compliance.mtl_entry as o
      on o.casino_id = v_actor.casino_id
      and o.entry_id = coalesce(e.corrects_entry_id, e.entry_id)
    where e.casino_id = v_actor.casino_id and e.gaming_day = v_day
  )
  select
    h.at, coalesce(sum(e.cash_in), 0), coalesce(sum(e.cash_out), 0),
    (count(*) filter (where e.is_live and e.cash_in > 0))::integer,
    (count(*) filter (where e.is_live and e.cash_out > 0))::integer,
    (count(*) filter (where e.is_live and e.cash_in >= v_log_floor))::integer,
    (count(*) filter (where e.is_live and e.cash_out >= v_log_floor))::integer,
    v_log_floor
  from generate_series(
    (v_day + v_actor.gaming_day_start) at time zone v_actor.timezone,
    ((v_day + 1 + v_actor.gaming_day_start) at time zone v_actor.timezone) - interval '1 second',
    interval '1 hour'
  ) as h (at)
  left join entry as e
    on e.occurred_at >= h.at and e.occurred_at < h.at + interval '1 hour'
  group by h.at
  order by h.at;
end
$$;

alter function compliance.cash_by_hour(date) owner to compliance_service;
revoke all on function compliance.cash_by_hour(date) from public;
grant execute on function compliance.cash_by_hour(date) to pit_staff;

comment on function compliance.cash_by_hour(date) is
  'Currency in and out for each hour of a gaming day (default: the running one). Capability '
  'mtl:review. Errors: IDUNA, IDFRB, LYPRD.';
