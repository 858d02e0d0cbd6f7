-- What a request did to points: ledger entries, requests that wait for a second person or were
-- decided, drafts of rules, and awards that could not be posted.
-- The planner can't know that a Bloom filter singles ranges out, and would read whole tables.

create or replace function loyalty._trace(correlation_id text) returns setof ops.trace_line
language sql
stable
security definer
set search_path = ''
set enable_seqscan = off
set max_parallel_workers_per_gather = 0
begin atomic
  select
    l.created_at, 'ledger entry',
    format('%s %s points', l.transaction_type, to_char(l.points_change, 'FMS999999999999990')),
    l.staff_id, l.player_id,
    jsonb_strip_nulls(
      jsonb_build_object('entry_no', l.entry_no, 'rating_slip_id', l.rating_slip_id)
    )
  from loyalty.loyalty_ledger as l
  where l.casino_id = identity._casino() and l.correlation_id = _trace.correlation_id
  union all
  select
    r.created_at, 'reward request', format('%s asked for', r.kind), r.requested_by, r.player_id,
    jsonb_build_object('reward_request_id', r.reward_request_id)
  from loyalty.reward_request as r
  where r.casino_id = identity._casino() and r.correlation_id = _trace.correlation_id
  union all
  select
    r.decided_at, 'reward request', format('%s %s', r.kind, r.status), r.decided_by, r.player_id,
    jsonb_build_object('reward_request_id', r.reward_request_id)
  from loyalty.reward_request as r
  where r.casino_id = identity._casino()
    and r.decision_correlation_id = _trace.correlation_id
  union all
  select
    d.drafted_at, 'rules', 'drafted', d.drafted_by, null,
    jsonb_build_object('loyalty_draft_id', d.loyalty_draft_id)
  from loyalty.loyalty_draft as d
  where d.casino_id = identity._casino() and d.correlation_id = _trace.correlation_id
  union all
  select
    f.created_at, 'pending award', f.sqlstate, null, f.player_id,
    jsonb_build_object('rating_slip_id', f.rating_slip_id)
  from loyalty.accrual_failure as f
  where f.casino_id = identity._casino() and f.correlation_id = _trace.correlation_id;
end;

alter function loyalty._trace(text) owner to loyalty_service;
revoke all on function loyalty._trace(text) from public;
grant execute on function loyalty._trace(text) to ops_service;

comment on function loyalty._trace(text) is
  'Ledger entries, reward requests, drafts and pending awards of a request, for ops.trace.';
