-- What a request did in the cash log. Amounts stay out: whoever follows a request need not be one
-- who may see cash.
-- The planner can't know that a Bloom filter singles ranges out, and would read whole tables.

create or replace function compliance._trace(correlation_id text) returns setof ops.trace_line
language sql
stable
security definer
set search_path = ''
set enable_seqscan = off
set max_parallel_workers_per_gather = 0
begin atomic
  select
    e.created_at, 'cash entry', format('%s %s %s', e.entry_role, e.kind, e.direction), e.staff_id,
    null::uuid, jsonb_build_object('entry_id', e.entry_id, 'patron_id', e.patron_id)
  from compliance.mtl_entry as e
  where e.casino_id = identity._casino() and e.correlation_id = _trace.correlation_id
  union all
  select
    c.created_at, 'compliance command', c.command, c.staff_id, null,
    jsonb_strip_nulls(jsonb_build_object('patron_id', c.patron_id, 'entry_id', c.entry_id))
  from compliance.mtl_command as c
  where c.casino_id = identity._casino() and c.correlation_id = _trace.correlation_id
  union all
  select
    f.filed_at, 'CTR filing', format('version %s', f.version), f.filed_by, null,
    jsonb_build_object('case_id', f.case_id)
  from compliance.ctr_filing as f
  where f.casino_id = identity._casino() and f.correlation_id = _trace.correlation_id;
end;

alter function compliance._trace(text) owner to compliance_service;
revoke all on function compliance._trace(text) from public;
grant execute on function compliance._trace(text) to ops_service;

comment on function compliance._trace(text) is
  'Cash entries, commands and filings of a request, for ops.trace.';
