-- Of rows with one legacy id and different content the first one stands, also while it waits in
-- quarantine: an earlier import's before a later one's, in one file the upper one. So the order in
-- which people retry them doesn't decide whose the id is.

create or replace function ops._another_stands(
  import_batch_id uuid,
  row_no integer,
  idempotency_key text,
  request_fingerprint bytea
) returns boolean
language sql
stable
set search_path = ''
return exists (
  select
  from ops.import_quarantine as q
  join ops.import_batch as b
    on b.casino_id = q.casino_id and b.import_batch_id = q.import_batch_id
  left join ops.import_retry as t
    on t.casino_id = q.casino_id
    and t.import_quarantine_id = q.import_quarantine_id
    and t.outcome = 'settled'
  where q.casino_id = identity._casino()
    and q.idempotency_key = _another_stands.idempotency_key
    and q.request_fingerprint <> _another_stands.request_fingerprint
    and (
      q.reason <> 'IDEMPOTENCY_CONFLICT'
      or (
        q.import_batch_id = _another_stands.import_batch_id
        and q.row_no < _another_stands.row_no
      )
    )
    and b.state not in ('staging', 'undone')
    and (
      t.idempotency_key is null
      or t.idempotency_key not in (select k.key from loyalty._undone_import_keys() as k (key))
    )
);

alter function ops._another_stands(uuid, integer, text, bytea) owner to ops_service;
revoke all on function ops._another_stands(uuid, integer, text, bytea) from public;

comment on function ops._another_stands(uuid, integer, text, bytea) is
  'Whether a quarantined row with the same key and other content stands before this row of a '
  'batch.';
