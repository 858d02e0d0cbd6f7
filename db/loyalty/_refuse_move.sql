-- Why a player's standing could not be moved: there is no such player, or the balance doesn't
-- suffice. Asked only after the move found nothing to update.

create or replace function loyalty._refuse_move(player_id uuid, points_change bigint) returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_shortfall numeric;
begin
  select -points_change::numeric - p.current_balance into v_shortfall
  from loyalty.player_loyalty as p
  where p.casino_id = identity._casino() and p.player_id = _refuse_move.player_id;
  if not found then
    perform ops._refuse('RSPLR');
  end if;
  perform ops._refuse(
    'LYBAL', array[v_shortfall::text], jsonb_build_object('shortfall', v_shortfall)
  );
end
$$;

alter function loyalty._refuse_move(uuid, bigint) owner to loyalty_service;
revoke all on function loyalty._refuse_move(uuid, bigint) from public;

comment on function loyalty._refuse_move(uuid, bigint) is
  'Raises RSPLR, or LYBAL with the points that are missing.';
