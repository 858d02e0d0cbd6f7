-- An auditor's look at who a player is. Auditors' logins read ledgers and logs, which know players
-- by their ids; names, cards and birth dates are read here only, and every look is logged.

create or replace function floor.read_player(player_id uuid, purpose text) returns floor.player
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter_reader('audit:view');
  v_purpose text := ops._check_purpose(purpose);
  v_player floor.player;
begin
  select p.* into v_player
  from floor.player as p
  where p.casino_id = v_actor.casino_id and p.player_id = read_player.player_id;
  if not found then
    perform ops._refuse('RSPLR');
  end if;
  perform ops._log(
    v_actor, 'player read', v_player.player_id, jsonb_build_object('purpose', v_purpose)
  );
  return v_player;
end
$$;

alter function floor.read_player(uuid, text) owner to floor_service;
revoke all on function floor.read_player(uuid, text) from public;
grant execute on function floor.read_player(uuid, text) to pit_auditor;

comment on function floor.read_player(uuid, text) is
  'Name, card and birth date of a player, for an auditor''s login; the look and its purpose go '
  'into the audit log. Errors: IDUNA, IDPUR, RSPLR.';
