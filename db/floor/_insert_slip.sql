-- Opens a slip with its snapshot: the game settings and the loyalty policy in force at that
-- moment. Later versions of either change nothing for it. The visit's lock keeps a player to one
-- slip; a seat that somebody else takes at the same moment shows here, as a conflict.

create or replace function floor._insert_slip(
  actor identity.actor,
  visit floor.visit,
  gaming_table floor.gaming_table,
  seat_no integer,
  average_bet numeric,
  at timestamptz,
  previous_slip_id uuid default null
) returns floor.rating_slip
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_game floor.game_settings := floor._game_in_force(
    actor.casino_id, gaming_table.game_code, at
  );
  v_slip floor.rating_slip;
begin
  if v_game.game_settings_id is null then
    perform ops._refuse(
      'LYGAM', array['no settings of the game ' || gaming_table.game_code || ' are in force']
    );
  end if;
  insert into floor.rating_slip (
    casino_id, visit_id, player_id, table_id, seat_no, game_settings_id, loyalty_policy_id,
    previous_slip_id, current_bet, last_event_at, opened_at, gaming_day, correlation_id
  )
  values (
    actor.casino_id, visit.visit_id, visit.player_id, gaming_table.table_id,
    _insert_slip.seat_no, v_game.game_settings_id, loyalty._policy_for_slip(at),
    _insert_slip.previous_slip_id, _insert_slip.average_bet, at, at,
    identity._gaming_day(actor.timezone, actor.gaming_day_start, at), actor.correlation_id
  )
  on conflict do nothing
  returning * into v_slip;
  if not found then
    perform ops._refuse('RSSEA', array[_insert_slip.seat_no::text, gaming_table.label]);
  end if;
  return floor._append_event(actor, v_slip, 'opened', at, _insert_slip.average_bet, 'open');
end
$$;

alter function floor._insert_slip(
  identity.actor, floor.visit, floor.gaming_table, integer, numeric, timestamptz, uuid
) owner to floor_service;
revoke all on function floor._insert_slip(
  identity.actor, floor.visit, floor.gaming_table, integer, numeric, timestamptz, uuid
) from public;

comment on function floor._insert_slip(
  identity.actor, floor.visit, floor.gaming_table, integer, numeric, timestamptz, uuid
) is 'Creates an open slip and its first event. Errors: LYGAM without settings of the game, RSSEA.';
