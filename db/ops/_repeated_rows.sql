-- Rows of history, and slips that qualify, whose id is there more than once: which of its id each
-- is, and which of those that are quite the same. Slips that a row of history names are numbered,
-- too, which does no harm: so are all of their id.

create or replace function ops._repeated_rows(import_batch_id uuid, id_hashes bigint[])
returns table (
  file text,
  row_no integer,
  occurrence bigint,
  repetition bigint
)
language sql
stable
parallel safe
rows 1
set search_path = ''
set enable_nestloop = off
begin atomic
  select
    r.file, r.row_no,
    row_number() over (partition by l.idempotency_key order by r.row_no),
    row_number() over (
      partition by l.idempotency_key, l.request_fingerprint order by r.row_no
    )
  from ops.import_row as r
  cross join lateral ops._legacy_row(r.file, ops._import_values(r.raw, r.fields)) as l
  where r.casino_id = identity._casino()
    and r.import_batch_id = _repeated_rows.import_batch_id
    and r.file in ('history', 'slips')
    and ops._id_hash(r.file, r.raw, r.fields) in (
      select i.hash from unnest(_repeated_rows.id_hashes) as i (hash)
    )
    and cardinality(_repeated_rows.id_hashes) > 0
    and l.qualifies;
end;

alter function ops._repeated_rows(uuid, bigint[]) owner to ops_service;
revoke all on function ops._repeated_rows(uuid, bigint[]) from public;

comment on function ops._repeated_rows(uuid, bigint[]) is
  'Rows with ids of these hashes (ops._repeated_ids), and their numbers among those of the same '
  'key, and of the same key and content.';
