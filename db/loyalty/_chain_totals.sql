-- The whole ledger in one pass that parallel workers share, each entry on its own: its hash is
-- recomputed, and digests of where it ends and where it says it begins are XORed. Along unbroken
-- chains everything cancels out but each player's beginning and end, which the standings have.
-- Nothing is kept for each player, pages are read by who hashes them, and no sum can overflow. Rows
-- are returned because a query that fills a variable isn't shared (docs/decisions/0013).

create or replace function loyalty._chain_totals(player_id uuid default null)
returns setof loyalty.chain_totals
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_custom_plan
set jit = off
set parallel_setup_cost = 0
set parallel_tuple_cost = 0
set effective_io_concurrency = 0
as $$
declare
  v_salt bigint := uuid_hash_extended(gen_random_uuid(), 0);
begin
  return query
  select
    p.players, l.entries, l.fits and l.links = p.links and l.entries = p.entries
  from (
    select
      count(*) as entries,
      coalesce(
        bool_and(
          e.balance_before >= 0 and e.balance_after >= 0
          and e.balance_after - e.balance_before = e.points_change
          and e.entry_hash = loyalty._computed_hash(e)
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
      ) as links
    from loyalty.loyalty_ledger as e
    where e.casino_id = (select identity._casino())
      and (_chain_totals.player_id is null or e.player_id = _chain_totals.player_id)
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
      ) as links
    from loyalty.player_loyalty as s
    where s.casino_id = identity._casino()
      and (_chain_totals.player_id is null or s.player_id = _chain_totals.player_id)
  ) as p;
end
$$;

alter function loyalty._chain_totals(uuid) owner to loyalty_service;
revoke all on function loyalty._chain_totals(uuid) from public;

comment on function loyalty._chain_totals(uuid) is
  'Players and entries of the running call''s casino, or of one player, and whether the ledger '
  'fits itself and the standings.';
