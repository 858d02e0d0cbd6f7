-- What monitoring asks of ops about one casino: what its last reconciliation found and how long ago
-- that and its last seal are (a casino that never had one is as old as itself), its imports by
-- state, what they have written, and rows that wait in quarantine.

create or replace function ops._metrics(since timestamptz) returns setof ops.metric
language sql
stable
set search_path = ''
begin atomic
  with latest as (
    select r.drift_found, r.finished_at
    from ops.reconciliation_run as r
    where r.casino_id = identity._casino()
    order by r.created_at desc, r.reconciliation_run_id desc
    limit 1
  )
  select
    'reconciliation_drift', '{}'::jsonb,
    coalesce((select l.drift_found from latest as l), 0)::double precision
  union all
  select
    'reconciliation_age_seconds', '{}'::jsonb,
    extract(
      epoch from now() - coalesce((select l.finished_at from latest as l), _metrics.since)
    )
  union all
  select
    'seal_age_seconds', '{}'::jsonb,
    extract(epoch from now() - coalesce(max(s.sealed_at), _metrics.since))::double precision
  from ops.ledger_seal as s
  where s.casino_id = identity._casino()
  union all
  select 'imports', jsonb_build_object('state', s.state), count(b.import_batch_id)
  from unnest('{staging,posting,finished,undoing,partly_undone,undone}'::text[]) as s (state)
  left join ops.import_batch as b on b.casino_id = identity._casino() and b.state = s.state
  group by s.state
  union all
  select
    'import_entries', jsonb_build_object('kind', k.kind),
    coalesce(sum(case k.kind when 'posted' then b.posted else b.undone end), 0)
  from unnest('{posted,reversed}'::text[]) as k (kind)
  left join ops.import_batch as b on b.casino_id = identity._casino()
  group by k.kind
  union all
  select 'import_rows_quarantined', '{}'::jsonb, count(*)
  from ops.import_quarantine as q
  join ops.import_batch as b
    on b.casino_id = q.casino_id and b.import_batch_id = q.import_batch_id
  where q.casino_id = identity._casino()
    and b.state <> 'undone'
    and not exists (
      select
      from ops.import_retry as r
      where r.casino_id = q.casino_id
        and r.import_quarantine_id = q.import_quarantine_id
        and r.outcome = 'settled'
    );
end;

alter function ops._metrics(timestamptz) owner to ops_service;
revoke all on function ops._metrics(timestamptz) from public;

comment on function ops._metrics(timestamptz) is
  'Figures of the running call''s casino for monitoring.';
