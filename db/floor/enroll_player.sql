-- Enrols a player at the desk or at the table. The standing in loyalty is opened with it, so no
-- player exists whose points would have nowhere to go.

create or replace function floor.enroll_player(
  card_no text,
  first_name text,
  last_name text,
  birth_date date,
  idempotency_key text
) returns floor.player_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('floor:rate');
  v_request jsonb := jsonb_build_array(card_no, first_name, last_name, birth_date);
  v_command floor.command := floor._claim_key(
    v_actor, 'enroll_player', idempotency_key, v_request
  );
  v_player floor.player;
begin
  if v_command.command is not null then
    select * into strict v_player
    from floor.player as p
    where p.casino_id = v_actor.casino_id and p.player_id = v_command.player_id;
    return row(v_player, true);
  end if;
  v_player := floor._enroll_player(v_actor, card_no, first_name, last_name, birth_date, now());
  perform floor._remember(
    v_actor, 'enroll_player', idempotency_key, v_request, player_id => v_player.player_id
  );
  return row(v_player, false);
end
$$;

alter function floor.enroll_player(text, text, text, date, text) owner to floor_service;
revoke all on function floor.enroll_player(text, text, text, date, text) from public;
grant execute on function floor.enroll_player(text, text, text, date, text) to pit_staff;

comment on function floor.enroll_player(text, text, text, date, text) is
  'Enrols a player and opens their standing. Capability floor:rate. Errors: IDUNA, IDFRB, IDKEY, '
  'LYIDM, RSPRS, RSCRD.';
