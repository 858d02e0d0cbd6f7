-- The unknown person was somebody else after all. The link stays on record with the note; from now
-- on the sums are apart again, and the cases follow.

create or replace function compliance.undo_identification(
  patron_id uuid,
  note text,
  idempotency_key text
) returns compliance.identification_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('mtl:review');
  v_request jsonb := jsonb_build_array(
    undo_identification.patron_id, undo_identification.note
  );
  v_command compliance.mtl_command := compliance._claim_key(
    v_actor, 'undo_identification', idempotency_key, v_request
  );
  v_note text := nullif(btrim(undo_identification.note, E' \t\r\n'), '');
  v_link compliance.patron_link;
  v_day date;
begin
  if v_command.command is not null then
    return compliance._identification_result(v_command, true);
  end if;

  perform
  from compliance.patron as p
  where p.casino_id = identity._casino() and p.patron_id = undo_identification.patron_id
  for no key update;
  if not found then
    perform ops._refuse('MTPAT');
  end if;
  select * into v_link
  from compliance.patron_link as l
  where l.casino_id = identity._casino()
    and l.unknown_patron_id = undo_identification.patron_id
    and l.undone_at is null;
  if v_link.link_id is null then
    perform ops._refuse('MTULK');
  end if;
  if v_note is null then
    perform ops._refuse('MTNOT');
  end if;

  perform compliance._lock_person(v_actor, v_link.player_patron_id);
  update compliance.patron_link as l
  set undone_at = now(), undone_by = v_actor.staff_id, undo_note = v_note
  where l.casino_id = identity._casino() and l.link_id = v_link.link_id;

  for v_day in
    select d.gaming_day
    from compliance.patron_gaming_day as d
    where d.casino_id = identity._casino() and d.patron_id = v_link.unknown_patron_id
    order by d.gaming_day
  loop
    perform compliance._give_back_case(v_actor, v_link, v_day);
    perform compliance._settle_day(v_actor, v_link.player_patron_id, v_day);
    perform compliance._settle_day(v_actor, v_link.unknown_patron_id, v_day);
  end loop;

  v_command := compliance._remember(
    v_actor, 'undo_identification', idempotency_key, v_request,
    patron_id => v_link.unknown_patron_id, link_id => v_link.link_id
  );
  return compliance._identification_result(v_command, false);
end
$$;

alter function compliance.undo_identification(uuid, text, text) owner to compliance_service;
revoke all on function compliance.undo_identification(uuid, text, text) from public;
grant execute on function compliance.undo_identification(uuid, text, text) to pit_staff;

comment on function compliance.undo_identification(uuid, text, text) is
  'Undoes the identification of an unknown patron, with a note; sums and cases are apart again. '
  'Capability mtl:review. Errors: IDUNA, IDFRB, IDKEY, LYIDM, MTPAT, MTULK, MTNOT.';
