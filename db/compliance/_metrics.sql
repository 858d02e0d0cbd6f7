-- What monitoring asks of compliance: reports by state, how soon those that are still to be filed
-- are due by the casino's own calendar, and alerts that nobody has looked at. Every state and
-- every bucket has its figure, so that "none" can be told from "not known".

create or replace function compliance._metrics(timezone text) returns setof ops.metric
language sql
stable
security definer
set search_path = ''
begin atomic
  with states as (
    select s.state, count(k.case_id) as cases
    from unnest('{open,ready,filed,acknowledged,closed,merged}'::text[]) as s (state)
    left join compliance.ctr_case as k
      on k.casino_id = identity._casino() and k.state = s.state
    group by s.state
  ),
  due as (
    select k.due_on - (now() at time zone _metrics.timezone)::date as days_left
    from compliance.ctr_case as k
    where k.casino_id = identity._casino() and k.state in ('open', 'ready')
  )
  select 'ctr_cases', jsonb_build_object('state', s.state), s.cases::double precision
  from states as s
  union all
  select 'ctr_cases_due', jsonb_build_object('due', b.due), count(d.days_left)::double precision
  from (
    values
      ('overdue', -1000000, -1), ('3_days', 0, 3), ('7_days', 4, 7), ('later', 8, 1000000)
  ) as b (due, from_days, to_days)
  left join due as d on d.days_left between b.from_days and b.to_days
  group by b.due
  union all
  select 'alerts_open', '{}'::jsonb, count(*)::double precision
  from compliance.compliance_alert as a
  where a.casino_id = identity._casino() and a.resolved_at is null;
end;

alter function compliance._metrics(text) owner to compliance_service;
revoke all on function compliance._metrics(text) from public;
grant execute on function compliance._metrics(text) to ops_service;

comment on function compliance._metrics(text) is
  'Figures of the running call''s casino for monitoring, with days counted in its zone.';
