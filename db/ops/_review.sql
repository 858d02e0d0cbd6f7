-- What somebody who looks after a launch asks two days later, beside reconciling and verifying:
-- what is pending, failing, given up, unsealed or overdue, and what people were refused. It
-- decides itself what is not as it should be, so that every way to ask has one answer.

create or replace function ops._review(casino identity.casino, since timestamptz)
returns setof ops.review_line
language sql
stable
set search_path = ''
begin atomic
  select 'pending awards', null::text, m.value::bigint, m.value > 0
  from loyalty._metrics() as m
  where m.name = 'pending_accruals'
  union all
  select 'jobs given up', j.task, count(*), true
  from ops._jobs((casino).casino_id) as j
  where j.state = 'given_up'
  group by j.task
  union all
  select 'jobs that failed and will be tried again', j.task, count(*), true
  from ops._jobs((casino).casino_id) as j
  where j.state = 'failed'
  group by j.task
  union all
  -- The worker seals once an hour, so a day counts two hours after its end.
  select 'gaming days without a seal', d.gaming_day::date::text, 1, true
  from
    generate_series(
      identity._gaming_day(
        (casino).timezone, (casino).gaming_day_start, greatest(since, (casino).created_at)
      )::timestamp,
      identity._gaming_day(
        (casino).timezone, (casino).gaming_day_start, now() - interval '2 hours'
      )::timestamp - interval '1 day',
      interval '1 day'
    ) as d (gaming_day)
  where not exists (
    select
    from ops.ledger_seal as s
    where s.casino_id = (casino).casino_id and s.gaming_day = d.gaming_day::date
  )
  union all
  select 'CTR cases overdue', null, m.value::bigint, m.value > 0
  from compliance._metrics((casino).timezone) as m
  where m.name = 'ctr_cases_due' and m.labels ->> 'due' = 'overdue'
  union all
  select 'rows in quarantine', null, m.value::bigint, false
  from ops._metrics((casino).created_at) as m
  where m.name = 'import_rows_quarantined'
  union all
  select 'reconciliations', null, count(*), count(*) = 0
  from ops.reconciliation_run as r
  where r.casino_id = (casino).casino_id and r.created_at >= since
  union all
  select 'reconciliations that found something', null, count(*), false
  from ops.reconciliation_run as r
  where r.casino_id = (casino).casino_id and r.created_at >= since and r.drift_found > 0
  union all
  select
    'refused', a.details ->> 'code', sum(coalesce((a.details ->> 'times')::bigint, 1))::bigint,
    coalesce(a.details ->> 'code' = 'INTERNAL_ERROR', false)
  from ops.audit_log as a
  where a.casino_id = (casino).casino_id and a.action = 'refused' and a.created_at >= since
  group by a.details ->> 'code';
end;

alter function ops._review(identity.casino, timestamptz) owner to ops_service;
revoke all on function ops._review(identity.casino, timestamptz) from public;

comment on function ops._review(identity.casino, timestamptz) is
  'For the owner''s connection: how the running call''s casino has fared since then.';
