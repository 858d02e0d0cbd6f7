-- Adds a note to an entry, to a person or to a case: for what the figures don't say. Whoever may
-- record cash may explain an entry; people and cases are the reviewers' business.

create or replace function compliance.add_audit_note(
  entry_id uuid default null,
  patron_id uuid default null,
  case_id uuid default null,
  note text default null,
  idempotency_key text default null
) returns compliance.audit_note_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter(
    case
      when num_nonnulls(add_audit_note.patron_id, add_audit_note.case_id) = 0 then 'mtl:create'
      else 'mtl:review'
    end
  );
  v_request jsonb := jsonb_build_array(
    add_audit_note.entry_id, add_audit_note.patron_id, add_audit_note.case_id,
    add_audit_note.note
  );
  v_command compliance.mtl_command := compliance._claim_key(
    v_actor, 'add_audit_note', add_audit_note.idempotency_key, v_request
  );
  v_text text := btrim(add_audit_note.note, E' \t\r\n');
  v_note compliance.mtl_audit_note;
begin
  if v_command.command is not null then
    select * into strict v_note
    from compliance.mtl_audit_note as n
    where n.casino_id = v_actor.casino_id and n.note_id = v_command.note_id;
    return row(v_note, true);
  end if;

  if add_audit_note.patron_id is not null then
    if not exists (
      select
      from compliance.patron as p
      where p.casino_id = v_actor.casino_id and p.patron_id = add_audit_note.patron_id
    ) then
      perform ops._refuse('MTPAT');
    end if;
  elsif add_audit_note.case_id is not null then
    if not exists (
      select
      from compliance.ctr_case as c
      where c.casino_id = v_actor.casino_id and c.case_id = add_audit_note.case_id
    ) then
      perform ops._refuse('MTCNF');
    end if;
  elsif not exists (
    select
    from compliance.mtl_entry as e
    where e.casino_id = v_actor.casino_id and e.entry_id = add_audit_note.entry_id
  ) then
    perform ops._refuse('MTENT');
  end if;
  if coalesce(v_text, '') = ''
    or length(v_text) > 4000
    or num_nonnulls(
      add_audit_note.entry_id, add_audit_note.patron_id, add_audit_note.case_id
    ) <> 1
  then
    perform ops._refuse('MTNOT');
  end if;

  insert into compliance.mtl_audit_note (
    casino_id, entry_id, patron_id, case_id, note, staff_id, correlation_id, idempotency_key
  )
  values (
    v_actor.casino_id, add_audit_note.entry_id, add_audit_note.patron_id,
    add_audit_note.case_id, v_text, v_actor.staff_id, v_actor.correlation_id,
    add_audit_note.idempotency_key
  )
  returning * into v_note;
  perform compliance._remember(
    v_actor, 'add_audit_note', add_audit_note.idempotency_key, v_request,
    note_id => v_note.note_id
  );
  return row(v_note, false);
end
$$;

alter function compliance.add_audit_note(uuid, uuid, uuid, text, text)
owner to compliance_service;
revoke all on function compliance.add_audit_note(uuid, uuid, uuid, text, text) from public;
grant execute on function compliance.add_audit_note(uuid, uuid, uuid, text, text) to pit_staff;

comment on function compliance.add_audit_note(uuid, uuid, uuid, text, text) is
  'Adds a note to exactly one of an entry, a patron or a case. Capability mtl:create for an entry, '
  'mtl:review otherwise. Errors: IDUNA, IDFRB, IDKEY, LYIDM, MTENT, MTPAT, MTCNF, MTNOT.';
