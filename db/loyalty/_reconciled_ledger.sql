-- The whole ledger beside all standings in one pass that parallel workers share, as in
-- loyalty._chain_totals: every number, sum and link with the hashes as they are stored, and
-- lifetime points, which are weighed by player, so that one player's can't make up for another's;
-- nothing is kept for each player. Hashes are recomputed for one 64th of the players only, whose
-- turn a digest of the player's id tells: a byte changed in an old entry, which nothing else would
-- show, is found within 64 runs.

create or replace function loyalty._reconciled_ledger(slice_no integer)
returns setof loyalty.chain_totals
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
    p.players, l.entries,
    l.fits and l.links = p.links and l.entries = p.entries and l.lifetime = p.lifetime
  from (
    select
      count(*) as entries,
      coalesce(
        bool_and(
          e.balance_before >= 0 and e.balance_after >= 0
          and e.balance_after - e.balance_before = e.points_change
          and (
            uuid_hash(e.player_id) & 63 <> _reconciled_ledger.slice_no
            or e.entry_hash = loyalty._computed_hash(e)
          )
        ),
        true
      ) as fits,
      coalesce(
        bit_xor(
          loyalty._chain_digest(e.player_id, e.entry_no, e.balance_after, e.entry_hash, v_salt)
          # loyalty._chain_digest(
            e.player_id, greatest(e.entry_no, 0) - 1, e.balance_before, e.previous_hash, v_salt
          )
        ),
        0
      ) as links,
      coalesce(
        sum(
          loyalty._weighed(
            e.player_id,
            case
              when e.transaction_type <> 'REVERSAL' then greatest(e.points_change, 0)
              else least(e.points_change, 0)
            end,
            v_salt
          )
        ),
        0
      ) as lifetime
    from loyalty.loyalty_ledger as e
    where e.casino_id = identity._casino()
  ) as l
  cross join (
    select
      count(*) as players,
      coalesce(sum(s.last_entry_no), 0) as entries,
      coalesce(
        bit_xor(
          loyalty._chain_digest(s.player_id, 0, 0, sha256(''), v_salt)
          # loyalty._chain_digest(
            s.player_id, s.last_entry_no, s.current_balance, s.last_entry_hash, v_salt
          )
        ),
        0
      ) as links,
      coalesce(sum(loyalty._weighed(s.player_id, s.lifetime_points, v_salt)), 0) as lifetime
    from loyalty.player_loyalty as s
    where s.casino_id = identity._casino()
  ) as p;
end
$$;

alter function loyalty._reconciled_ledger(integer) owner to loyalty_service;
revoke all on function loyalty._reconciled_ledger(integer) from public;

comment on function loyalty._reconciled_ledger(integer) is
  'Players and entries of the running call''s casino, and whether ledger and standings agree; with '
  'every hash recomputed for the players of one slice, 0 to 63.';
