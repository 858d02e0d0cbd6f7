-- The only statement that changes a player's standing. One update takes the row's lock, moves
-- balance, lifetime points and tier, and adds the entry's link to the chain; before and after
-- come back from the same statement. A balance that doesn't suffice updates nothing.

create function loyalty._move_points(
  player_id uuid,
  delta_points bigint,
  lifetime_change bigint,
  at timestamptz,
  digest bytea
) returns loyalty.points_move
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_move loyalty.points_move;
  v_balance bigint;
begin
  update loyalty.player_loyalty as p
  set current_balance = p.current_balance + delta_points,
    lifetime_points = p.lifetime_points + lifetime_change,
    (tier, tier_progress, last_entry_hash) = (
      select
        s.tier,
        s.tier_progress,
        case when digest is null then p.last_entry_hash
          else loyalty._entry_hash(
            p.last_entry_hash, p.last_entry_no + 1,
            p.current_balance, p.current_balance + delta_points,
            p.tier, s.tier, digest
          )
        end
      from loyalty._tier_standing(
        identity._casino(), p.lifetime_points + lifetime_change, at
      ) as s
    ),
    last_entry_no = p.last_entry_no + case when digest is null then 0 else 1 end,
    updated_at = now()
  where p.casino_id = identity._casino()
    and p.player_id = _move_points.player_id
    and p.current_balance + delta_points >= 0
  returning
    new.player_id, new.last_entry_no, old.current_balance, new.current_balance,
    old.tier, new.tier, new.lifetime_points, new.tier_progress,
    old.last_entry_hash, new.last_entry_hash, new.updated_at
  into v_move;

  if not found then
    select p.current_balance into v_balance
    from loyalty.player_loyalty as p
    where p.casino_id = identity._casino() and p.player_id = _move_points.player_id;
    if not found then
      perform ops._refuse('RSPLR');
    end if;
    perform ops._refuse(
      'LYBAL',
      array[(-delta_points - v_balance)::text],
      jsonb_build_object('shortfall', -delta_points - v_balance)
    );
  end if;
  return v_move;
end
$$;

alter function loyalty._move_points(uuid, bigint, bigint, timestamptz, bytea)
owner to loyalty_service;
revoke all on function loyalty._move_points(uuid, bigint, bigint, timestamptz, bytea) from public;

comment on function loyalty._move_points(uuid, bigint, bigint, timestamptz, bytea) is
  'Moves a player''s balance and lifetime points, sets the tier in force at the given moment and, '
  'with a digest, extends the chain by one entry. Errors: RSPLR, LYBAL with the shortfall.';
