-- Judges the history rows and slips of a staged batch, all at once (ops._judged_rows), and keeps
-- what is to be posted and what is quarantined. INSUFFICIENT_BALANCE is only known when it is
-- posted. A row quarantined by an earlier import stays so, and what an earlier import quarantined
-- under the same id with other content stands before it.

create or replace function ops._judge_import(
  import_batch_id uuid,
  out to_post bigint,
  out replayed bigint,
  out skipped bigint
)
language sql
volatile
set search_path = ''
set work_mem = '128MB'
as $$
with judged as materialized (
  select j.* from ops._judged_rows($1) with ordinality as j (
    file, row_no, legacy_id, player_id, points_change, reason, occurred_at, idempotency_key,
    request_fingerprint, verdict, position
  )
),
quarantined as (
  insert into ops.import_quarantine (
    casino_id, import_batch_id, file, row_no, legacy_id, reason, idempotency_key,
    request_fingerprint
  )
  select
    identity._casino(), $1, j.file, j.row_no, j.legacy_id, j.verdict, j.idempotency_key,
    j.request_fingerprint
  from judged as j
  where j.verdict <> 'REPLAYED'
),
queued as (
  insert into ops.import_posting
  select
    (select identity._casino()), $1, j.position, j.file, j.row_no, j.player_id, j.points_change,
    j.reason, j.occurred_at, j.idempotency_key, j.request_fingerprint
  from judged as j
  where j.verdict is null
)
select
  count(*) filter (where j.verdict is null),
  count(*) filter (where j.verdict = 'REPLAYED'),
  (
    select count(*)
    from ops.import_row as r
    where r.casino_id = identity._casino() and r.import_batch_id = $1 and r.file = 'slips'
  ) - count(*) filter (where j.file = 'slips')
from judged as j;
$$;

alter function ops._judge_import(uuid) owner to ops_service;
revoke all on function ops._judge_import(uuid) from public;

comment on function ops._judge_import(uuid) is
  'Fills import_posting and import_quarantine for a staged batch and counts what is to be posted, '
  'what was known and the slips that don''t qualify.';
