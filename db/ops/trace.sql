-- Everything that one request wrote, whichever context wrote it, in order of time: from the
-- correlation id of an answer, an error or a log line to the rows. At most 500 lines, as an import
-- is one request too.

create or replace function ops.trace(correlation_id text) returns setof ops.trace_line
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
set enable_seqscan = off
set max_parallel_workers_per_gather = 0
as $$
declare
  v_actor identity.actor := identity._enter_reader('audit:view');
begin
  return query
  select t.at, t.kind, t.what, t.staff_id, t.player_id, t.ids
  from (
    select
      a.created_at as at,
      case when a.action in ('refused', 'sign-in refused') then 'refusal' else 'audit' end as kind,
      concat_ws(
        ' ', a.action, a.details ->> 'operation', a.details ->> 'code',
        (a.details ->> 'times') || ' times'
      ) as what,
      a.staff_id, a.player_id,
      jsonb_strip_nulls(jsonb_build_object(
        'audit_log_id', a.audit_log_id, 'session_id', a.session_id,
        'subject_staff_id', a.subject_staff_id
      )) as ids
    from ops.audit_log as a
    where a.casino_id = identity._casino() and a.correlation_id = trace.correlation_id
    union all
    select
      e.created_at, 'feed event', concat_ws(' ', e.event_type, e.outcome, e.code), null,
      e.player_id, jsonb_build_object('event_key', e.event_key)
    from ops.ingested_event as e
    where e.casino_id = identity._casino() and e.correlation_id = trace.correlation_id
    union all
    select
      j.queued_at, 'job', concat_ws(' ', j.task, j.state, j.last_error), null, null,
      jsonb_build_object('job_id', j.job_id)
    from ops._jobs(v_actor.casino_id) as j
    where j.correlation_id = trace.correlation_id
    union all
    select
      t.created_at, 'import retry', concat_ws(' ', q.file, t.outcome, t.reason), t.staff_id,
      t.player_id,
      jsonb_build_object(
        'import_batch_id', q.import_batch_id, 'import_quarantine_id', t.import_quarantine_id,
        'retry_no', t.retry_no
      )
    from ops.import_retry as t
    join ops.import_quarantine as q
      on q.casino_id = t.casino_id and q.import_quarantine_id = t.import_quarantine_id
    where t.casino_id = identity._casino() and t.correlation_id = trace.correlation_id
    union all
    select f.* from floor._trace(trace.correlation_id) as f
    union all
    select l.* from loyalty._trace(trace.correlation_id) as l
    union all
    select c.* from compliance._trace(trace.correlation_id) as c
  ) as t
  order by t.at, t.kind, t.ids::text
  limit 500;
end
$$;

alter function ops.trace(text) owner to ops_service;
revoke all on function ops.trace(text) from public;
grant execute on function ops.trace(text) to pit_staff, pit_auditor;

comment on function ops.trace(text) is
  'What a request wrote, by its correlation id, in order of time: audit log and refusals, slip '
  'events, ledger entries, cash entries without amounts, commands, feed events, retried rows of '
  'imports, and jobs that are still in the queue. Capability audit:view, or an auditor''s login. '
  'Errors: IDUNA, IDFRB.';
