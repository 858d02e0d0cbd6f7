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
        select distinct on (btrim(r.fields[1])) r.fields
        from ops.import_row as r
        where r.casino_id = identity._casino()
          and r.import_batch_id = _enroll_import.import_batch_id
          and r.file = 'players'
        order by btrim(r.fields[1]), r.row_no
      ) as f
    )
  );

  insert into ops.import_quarantine (
    casino_id, import_batch_id, file, row_no, legacy_id, reason, idempotency_key,
    request_fingerprint
  )
  select
    identity._casino(), r.import_batch_id, r.file, r.row_no, coalesce(r.fields[1], ''),
    'INVALID_PLAYER', l.idempotency_key, l.request_fingerprint
  from ops.import_row as r
  cross join lateral ops._legacy_row(r.file, r.fields) as l
  where r.casino_id = identity._casino()
    and r.import_batch_id = _enroll_import.import_batch_id
    and r.file = 'players'
    and not exists (
      select
      from floor._players_by_card(
        array(
          select btrim(c.fields[1])
          from ops.import_row as c
          where c.casino_id = identity._casino()
            and c.import_batch_id = _enroll_import.import_batch_id
            and c.file = 'players'
        )
      ) as p
      where p.card_no = btrim(r.fields[1])
    );
  return v_enrolled;
end
$$;

alter function ops._enroll_import(identity.actor, uuid) owner to ops_service;
revoke all on function ops._enroll_import(identity.actor, uuid) from public;

comment on function ops._enroll_import(identity.actor, uuid) is
  'Enrols the new players of a batch, gives their number and quarantines who can''t be enrolled. '
  'Error: LYPOL.';
