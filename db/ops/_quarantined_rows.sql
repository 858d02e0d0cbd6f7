-- What of a batch is still quarantined: every row that no retry has settled, with the values and
-- the reason of its last attempt.

create or replace function ops._quarantined_rows(import_batch_id uuid)
returns setof ops.quarantined_row
language sql
stable
set search_path = ''
begin atomic
  select
    q.import_quarantine_id, q.file, q.row_no, q.legacy_id, coalesce(t.reason, q.reason), r.raw,
    (
      select jsonb_object_agg(c.name, c.value)
      from unnest(
        ops._import_columns(q.file), coalesce(c.fields, ops._import_values(r.raw, r.fields))
      ) as c (name, value)
      where c.name is not null
    ),
    coalesce(t.retry_no, 0)
  from ops.import_quarantine as q
  join ops.import_row as r
    on r.casino_id = q.casino_id
    and r.import_batch_id = q.import_batch_id
    and r.file = q.file
    and r.row_no = q.row_no
  left join lateral (
    select l.retry_no, l.reason, l.outcome
    from ops.import_retry as l
    where l.casino_id = q.casino_id and l.import_quarantine_id = q.import_quarantine_id
    order by l.retry_no desc
    limit 1
  ) as t on true
  left join lateral (
    select l.fields
    from ops.import_retry as l
    where l.casino_id = q.casino_id
      and l.import_quarantine_id = q.import_quarantine_id
      and l.fields is not null
    order by l.retry_no desc
    limit 1
  ) as c on true
  where q.casino_id = identity._casino()
    and q.import_batch_id = _quarantined_rows.import_batch_id
    and t.outcome is distinct from 'settled'
  order by q.legacy_id collate "C", q.file, q.row_no;
end;

alter function ops._quarantined_rows(uuid) owner to ops_service;
revoke all on function ops._quarantined_rows(uuid) from public;

comment on function ops._quarantined_rows(uuid) is
  'Rows of a batch that are quarantined, by their legacy ids.';
