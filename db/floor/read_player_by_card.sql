-- An auditor who holds a statement or a complaint knows the card, not the id. The look is logged
-- as that of floor.read_player is.

create or replace function floor.read_player_by_card(card_no text, purpose text)
returns floor.player
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
  where p.casino_id = v_actor.casino_id and p.card_no = read_player_by_card.card_no;
  if not found then
    perform ops._refuse('RSPLR');
  end if;
  perform ops._log(
    v_actor, 'player read', v_player.player_id, jsonb_build_object('purpose', v_purpose)
  );
  return v_player;
end
$$;

alter function floor.read_player_by_card(text, text) owner to floor_service;
revoke all on function floor.read_player_by_card(text, text) from public;
grant execute on function floor.read_player_by_card(text, text) to pit_auditor;

comment on function floor.read_player_by_card(text, text) is
  'The player who holds a card, for an auditor''s login; the look and its purpose go into the '
  'audit log. Errors: IDUNA, IDPUR, RSPLR.';
