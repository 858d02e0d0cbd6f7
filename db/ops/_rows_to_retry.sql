-- The values of quarantined rows that no retry has settled yet: the correction, else the last
-- correction, else what the export said.

create or replace function ops._rows_to_retry(
  import_quarantine_ids uuid[],
  correction text[]
) returns setof ops.row_to_retry
language sql
stable
begin atomic
  select
    q.import_quarantine_id, coalesce(t.tries, 0) + 1, q.file, q.row_no,
    coalesce(_rows_to_retry.correction, c.fields, ops._import_values(r.raw, r.fields)),
    q.request_fingerprint
  from ops.import_quarantine as q
  join ops.import_row as r
    on r.casino_id = q.casino_id
    and r.import_batch_id = q.import_batch_id
    and r.file = q.file
    and r.row_no = q.row_no
  left join lateral (
    select max(l.retry_no) as tries, bool_or(l.outcome = 'settled') as settled
    from ops.import_retry as l
    where l.casino_id = q.casino_id and l.import_quarantine_id = q.import_quarantine_id
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
    and q.import_quarantine_id = any (_rows_to_retry.import_quarantine_ids)
    and t.settled is not true;
end;

alter function ops._rows_to_retry(uuid[], text[]) owner to ops_service;
revoke all on function ops._rows_to_retry(uuid[], text[]) from public;

comment on function ops._rows_to_retry(uuid[], text[]) is
  'Those of these rows that are still quarantined, with the values that count now.';
