-- Which of these slips an import has posted, or is about to post: a row of points history that
-- names one of them would pay it a second time. A slip is known by its own id, whatever a
-- correction made of it. What was taken back since is not paid.

create or replace function ops._paid_slips(slip_ids text[]) returns setof text
language sql
stable
set search_path = ''
begin atomic
  with slip as materialized (
    select
      s.slip_id, l.idempotency_key,
      ops._next_import_key(l.idempotency_key, u.rounds) as posting_key
    from (
      select distinct i.slip_id
      from unnest(_paid_slips.slip_ids) as i (slip_id)
      where i.slip_id <> ''
    ) as s
    cross join lateral ops._legacy_row('slips', array[s.slip_id]) as l
    left join ops._used_import_keys() as u on u.idempotency_key = l.idempotency_key
  ),
  posting as materialized (
    select s.slip_id, s.posting_key
    from slip as s
    union
    select s.slip_id, t.idempotency_key
    from slip as s
    join ops.import_quarantine as q
      on q.casino_id = identity._casino() and q.idempotency_key = s.idempotency_key
    join ops.import_retry as t
      on t.casino_id = q.casino_id
      and t.import_quarantine_id = q.import_quarantine_id
      and t.outcome = 'settled'
  )
  select distinct p.slip_id
  from posting as p
  join (
    select k.idempotency_key
    from loyalty._unreversed_keys(array(select n.posting_key from posting as n)) as k (
      idempotency_key
    )
    union all
    select w.idempotency_key
    from ops.import_batch as b
    join ops.import_posting as w
      on w.casino_id = b.casino_id
      and w.import_batch_id = b.import_batch_id
      and w.file = 'slips'
    where b.casino_id = identity._casino() and b.state = 'posting'
  ) as e on e.idempotency_key = p.posting_key;
end;

alter function ops._paid_slips(text[]) owner to ops_service;
revoke all on function ops._paid_slips(text[]) from public;

comment on function ops._paid_slips(text[]) is
  'Those of these legacy slips whose points are in the ledger from an import, or are being posted.';
