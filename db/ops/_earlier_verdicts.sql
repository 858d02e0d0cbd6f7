-- What earlier imports have in quarantine, by what stood in the export: it stays there, or it was
-- settled by a retry, unless what that posted was rolled back since. What an earlier import
-- quarantined for itself stands before other content under the same id.

create or replace function ops._earlier_verdicts(import_batch_id uuid)
returns table (
  idempotency_key text,
  request_fingerprint bytea,
  verdict text,
  stands boolean
)
language sql
stable
parallel safe
rows 1
set search_path = ''
begin atomic
  select
    q.idempotency_key, q.request_fingerprint,
    case when bool_or(t.outcome is not null) then 'REPLAYED' else min(q.reason) end,
    bool_or(q.reason <> 'IDEMPOTENCY_CONFLICT')
  from ops.import_quarantine as q
  join ops.import_batch as b
    on b.casino_id = q.casino_id and b.import_batch_id = q.import_batch_id
  left join ops.import_retry as t
    on t.casino_id = q.casino_id
    and t.import_quarantine_id = q.import_quarantine_id
    and t.outcome = 'settled'
  where q.casino_id = identity._casino()
    and q.import_batch_id <> _earlier_verdicts.import_batch_id
    and b.state not in ('staging', 'undone')
    and (
      t.idempotency_key is null
      or t.idempotency_key not in (select k.key from loyalty._undone_import_keys() as k (key))
    )
  group by q.idempotency_key, q.request_fingerprint;
end;

alter function ops._earlier_verdicts(uuid) owner to ops_service;
revoke all on function ops._earlier_verdicts(uuid) from public;

comment on function ops._earlier_verdicts(uuid) is
  'Keys and fingerprints of rows that other batches have quarantined, and what that says of the '
  'same rows now.';
