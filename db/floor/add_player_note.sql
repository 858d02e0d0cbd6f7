-- Adds a note to a player. Who rates players may; who administers their loyalty or audits it reads
-- what was noted.

create or replace function floor.add_player_note(
  player_id uuid,
  note text,
  idempotency_key text
) returns floor.player_note_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('floor:rate');
  v_request jsonb := jsonb_build_array(add_player_note.player_id, add_player_note.note);
  v_command floor.command := floor._claim_key(
    v_actor, 'add_player_note', add_player_note.idempotency_key, v_request
  );
  v_text text := btrim(add_player_note.note, E' \t\r\n');
  v_note floor.player_note;
begin
  if v_command.command is not null then
    select * into strict v_note
    from floor.player_note as n
    where n.casino_id = identity._casino()
      and n.idempotency_key = add_player_note.idempotency_key;
    return row(v_note, true);
  end if;
  if not exists (
    select
    from floor.player as p
    where p.casino_id = identity._casino() and p.player_id = add_player_note.player_id
  ) then
    perform ops._refuse('RSPLR');
  end if;
  if coalesce(v_text, '') = '' or length(v_text) > 2000 then
    perform ops._refuse('RSNOT', array['2000']);
  end if;
  insert into floor.player_note (
    casino_id, player_id, note, staff_id, idempotency_key, correlation_id
  )
  values (
    v_actor.casino_id, add_player_note.player_id, v_text, v_actor.staff_id,
    add_player_note.idempotency_key, v_actor.correlation_id
  )
  returning * into v_note;
  perform floor._remember(
    v_actor, 'add_player_note', add_player_note.idempotency_key, v_request,
    player_id => add_player_note.player_id
  );
  return row(v_note, false);
end
$$;

alter function floor.add_player_note(uuid, text, text) owner to floor_service;
revoke all on function floor.add_player_note(uuid, text, text) from public;
grant execute on function floor.add_player_note(uuid, text, text) to pit_staff;

comment on function floor.add_player_note(uuid, text, text) is
  'Adds a note of 1 to 2000 characters to a player. Capability floor:rate. '
  'Errors: IDUNA, IDFRB, IDKEY, LYIDM, RSPLR, RSNOT.';
