-- Judges the history rows and slips of a staged batch, all at once: what is known, what is
-- quarantined and why, and in which order the rest is to be posted. The order of the reasons is
-- the specification's; INSUFFICIENT_BALANCE is only known when it is posted. A row quarantined by
-- an earlier import stays so, and what an earlier import quarantined under the same id with other
-- content stands before it.

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
set enable_nestloop = off
set enable_mergejoin = off
as $$
with history as materialized (
  select r.row_no, r.fields[6] as slip_id, l.*
  from (
    select i.row_no, ops._import_values(i.raw, i.fields) as fields
    from ops.import_row as i
    where i.casino_id = identity._casino() and i.import_batch_id = $1 and i.file = 'history'
    offset 0
  ) as r
  cross join lateral ops._legacy_row('history', r.fields) as l
),
named as (
  select h.slip_id from history as h where h.slip_id <> ''
  union all
  select v.slip_id
  from ops.import_batch as b
  join ops.import_row as r
    on r.casino_id = b.casino_id
    and r.import_batch_id = b.import_batch_id
    and r.file = 'history'
  cross join lateral (select (ops._import_values(r.raw, r.fields))[6]) as v (slip_id)
  where b.casino_id = identity._casino()
    and b.import_batch_id <> $1
    and b.state not in ('staging', 'undone')
    and v.slip_id <> ''
),
slip as materialized (
  select r.row_no, l.*
  from (
    select i.row_no, ops._import_values(i.raw, i.fields) as fields
    from ops.import_row as i
    where i.casino_id = identity._casino() and i.import_batch_id = $1 and i.file = 'slips'
    offset 0
  ) as r
  cross join lateral ops._legacy_row('slips', r.fields) as l
  where l.qualifies and not exists (select from named as n where n.slip_id = r.fields[1])
),
staged as not materialized (
  select
    'history' as file, h.row_no, h.legacy_id, h.card_no, h.points_change, h.has_type,
    h.occurred_at, h.reason, h.idempotency_key, h.request_fingerprint
  from history as h
  union all
  select
    'slips', p.row_no, p.legacy_id, p.card_no, p.points_change, p.has_type, p.occurred_at,
    p.reason, p.idempotency_key, p.request_fingerprint
  from slip as p
),
-- Keys that may be there twice, by their hashes: cheap to count, and nearly always none.
suspect as (
  select hashtextextended(s.idempotency_key, 0) as key_hash
  from staged as s
  group by 1
  having count(*) > 1
),
repeated as (
  select
    s.file, s.row_no,
    row_number() over (partition by s.idempotency_key order by s.row_no) as occurrence,
    row_number() over (
      partition by s.idempotency_key, s.request_fingerprint order by s.row_no
    ) as repetition
  from staged as s
  where hashtextextended(s.idempotency_key, 0) in (select d.key_hash from suspect as d)
),
earlier as (
  select
    q.idempotency_key, q.request_fingerprint,
    case when bool_or(t.outcome is not null) then 'REPLAYED' else min(q.reason) end as verdict,
    bool_or(q.reason <> 'IDEMPOTENCY_CONFLICT') as stands
  from ops.import_quarantine as q
  join ops.import_batch as b
    on b.casino_id = q.casino_id and b.import_batch_id = q.import_batch_id
  left join ops.import_retry as t
    on t.casino_id = q.casino_id
    and t.import_quarantine_id = q.import_quarantine_id
    and t.outcome = 'settled'
  where q.casino_id = identity._casino()
    and q.import_batch_id <> $1
    and b.state not in ('staging', 'undone')
  group by q.idempotency_key, q.request_fingerprint
),
player as (
  select p.card_no, p.player_id
  from floor._players_by_card(array(select distinct s.card_no from staged as s)) as p
),
judged as materialized (
  select
    k.*, p.player_id,
    ops._next_import_key(k.idempotency_key, u.rounds) as posting_key,
    case
      when r.repetition > 1 then 'REPLAYED'
      when e.verdict is not null then e.verdict
      when r.occurrence > 1 then 'IDEMPOTENCY_CONFLICT'
      when o.idempotency_key is not null then 'IDEMPOTENCY_CONFLICT'
      when k.has_type and k.points_change is not null
        and k.occurred_at <= now() + interval '1 minute'
        and p.player_id is not null
        then null
      else coalesce(
        case
          loyalty._request_of_key(ops._next_import_key(k.idempotency_key, u.rounds))
            = k.request_fingerprint
          when true then 'REPLAYED'
          when false then 'IDEMPOTENCY_CONFLICT'
        end,
        case
          when not k.has_type then 'INVALID_TYPE'
          when k.points_change is null then 'INVALID_POINTS'
          when (k.occurred_at <= now() + interval '1 minute') is not true then 'INVALID_DATE'
          else 'PLAYER_NOT_FOUND'
        end
      )
    end as verdict
  from staged as k
  left join repeated as r on r.file = k.file and r.row_no = k.row_no
  left join player as p on p.card_no = k.card_no
  left join earlier as e
    on e.idempotency_key = k.idempotency_key and e.request_fingerprint = k.request_fingerprint
  left join (
    select distinct o.idempotency_key from earlier as o where o.stands
  ) as o on o.idempotency_key = k.idempotency_key
  left join ops._used_import_keys() as u on u.idempotency_key = k.idempotency_key
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
    identity._casino(), $1,
    row_number() over (
      order by j.player_id, j.occurred_at, j.legacy_id collate "C", j.file, j.row_no
    ),
    j.file, j.row_no, j.player_id, j.points_change, j.reason, j.occurred_at, j.posting_key,
    j.request_fingerprint
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
