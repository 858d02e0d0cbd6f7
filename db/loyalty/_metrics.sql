-- What monitoring asks of loyalty: awards that are still to be posted, and for how long already.
-- Whoever looks at the house from outside wants the count and the age, not the slips.

create or replace function loyalty._metrics() returns setof ops.metric
language sql
stable
security definer
set search_path = ''
begin atomic
  with pending as (
    select
      count(*) as accruals,
      coalesce(extract(epoch from now() - min(f.created_at)), 0) as oldest_seconds
    from loyalty.accrual_failure as f
    where f.casino_id = identity._casino() and f.resolved_at is null
  )
  select m.name, '{}'::jsonb, m.value::double precision
  from pending as p
  cross join lateral (
    values
      ('pending_accruals', p.accruals::numeric),
      ('pending_accrual_oldest_seconds', p.oldest_seconds)
  ) as m (name, value);
end;

alter function loyalty._metrics() owner to loyalty_service;
revoke all on function loyalty._metrics() from public;
grant execute on function loyalty._metrics() to ops_service;

comment on function loyalty._metrics() is 'Figures of the running call''s casino for monitoring.';
