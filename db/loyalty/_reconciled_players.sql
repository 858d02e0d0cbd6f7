-- Ledger and standings player by player, asked when loyalty._reconciled_ledger doesn't come out:
-- whose it is. The same figures, added up for each player, and the tier besides. Tiers are those
-- of the copy for the write path: who doesn't fit it is a suspect, and loyalty._standing_drift
-- decides.

create or replace function loyalty._reconciled_players(slice_no integer)
returns setof loyalty.chain_state
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_custom_plan
set jit = off
set parallel_setup_cost = 0
set parallel_tuple_cost = 0
as $$
declare
  v_salt bigint := uuid_hash_extended(gen_random_uuid(), 0);
begin
  return query
  select
    coalesce(c.player_id, p.player_id), coalesce(c.entries, 0),
    (
      p.player_id is not null
      and coalesce(c.entries, 0) = p.last_entry_no
      and coalesce(c.fits, true)
      and coalesce(c.lifetime, 0) = p.lifetime_points
      and coalesce(c.links, 0) = (
        loyalty._chain_digest(p.player_id, 0, 0, sha256(''), v_salt)
        # loyalty._chain_digest(
          p.player_id, p.last_entry_no, p.current_balance, p.last_entry_hash, v_salt
        )
      )
      and p.tier = loyalty._tier(t.tiers, t.tier_floors, p.lifetime_points)
      and p.tier_progress = loyalty._tier_progress(t.tier_floors, p.lifetime_points)
    ) is true
  from (
    select
      l.player_id,
      count(*) as entries,
      sum(
        case
          when l.transaction_type <> 'REVERSAL' then greatest(l.points_change, 0)
          else least(l.points_change, 0)
        end
      ) as lifetime,
      bool_and(
        l.balance_before >= 0 and l.balance_after >= 0
        and l.balance_after - l.balance_before = l.points_change
        and (
          uuid_hash(l.player_id) & 63 <> _reconciled_players.slice_no
          or l.entry_hash = loyalty._computed_hash(l)
        )
      ) as fits,
      bit_xor(
        loyalty._chain_digest(l.player_id, l.entry_no, l.balance_after, l.entry_hash, v_salt)
        # loyalty._chain_digest(
          l.player_id, greatest(l.entry_no, 0) - 1, l.balance_before, l.previous_hash, v_salt
        )
      ) as links
    from loyalty.loyalty_ledger as l
    where l.casino_id = identity._casino()
    group by l.player_id
  ) as c
  full join (
    select s.* from loyalty.player_loyalty as s where s.casino_id = identity._casino()
  ) as p on p.player_id = c.player_id
  left join (
    select t.tiers, t.tier_floors
    from loyalty.terms_in_force as f
    cross join lateral loyalty._terms_at(f.casino_id, f.standings_as_of) as t
    where f.casino_id = identity._casino()
  ) as t on true;
end
$$;

alter function loyalty._reconciled_players(integer) owner to loyalty_service;
revoke all on function loyalty._reconciled_players(integer) from public;

comment on function loyalty._reconciled_players(integer) is
  'For each player of the running call''s casino: entries, and whether ledger and standing agree; '
  'with every hash recomputed for the players of one slice, 0 to 63.';
