-- The players of an import: who isn't enrolled yet is enrolled now, whoever can't be is
-- quarantined. Of two rows with one card the first in the file stands.

create or replace function ops._enroll_import(actor identity.actor, import_batch_id uuid)
returns integer
language plpgsql
volatile
set search_path = ''
set enable_nestloop = off
as $$
#variable_conflict use_column
declare
  v_enrolled integer;
begin
  v_enrolled := floor._enroll_players(
    actor,
    array(
      select ops._enrolment(f.fields)
      from (
        select distinct on (btrim(v.fields[1])) v.fields
        from ops.import_row as r
        cross join lateral (select ops._import_values(r.raw, r.fields)) as v (fields)
        where r.casino_id = identity._casino()
          and r.import_batch_id = _enroll_import.import_batch_id
          and r.file = 'players'
        order by btrim(v.fields[1]), r.row_no
      ) as f
    )
  );

  with listed as materialized (
    select r.file, r.row_no, ops._import_values(r.raw, r.fields) as fields
    from ops.import_row as r
    where r.casino_id = identity._casino()
      and r.import_batch_id = _enroll_import.import_batch_id
      and r.file = 'players'
  ),
  enrolled as materialized (
    select p.card_no
    from floor._players_by_card(array(select btrim(r.fields[1]) from listed as r)) as p
  )
  insert into ops.import_quarantine (
    casino_id, import_batch_id, file, row_no, legacy_id, reason, idempotency_key,
    request_fingerprint
  )
  select
    identity._casino(), _enroll_import.import_batch_id, r.file, r.row_no,
    coalesce(r.fields[1], ''), 'INVALID_PLAYER', l.idempotency_key, l.request_fingerprint
  from (
    select r.*
    from listed as r
    where not exists (select from enrolled as e where e.card_no = btrim(r.fields[1]))
    offset 0
  ) as r
  cross join lateral ops._legacy_row(r.file, r.fields) as l;
  return v_enrolled;
end
$$;

alter function ops._enroll_import(identity.actor, uuid) owner to ops_service;
revoke all on function ops._enroll_import(identity.actor, uuid) from public;

comment on function ops._enroll_import(identity.actor, uuid) is
  'Enrols the new players of a batch, gives their number and quarantines who can''t be enrolled. '
  'Error: LYPOL.';
