-- The ledger player by player, asked when loyalty._chain_totals doesn't come out: whose it is. The
-- same digests, added up for each player; loyalty._chain_problems says which entry.

create or replace function loyalty._chain_states(player_id uuid default null)
returns setof loyalty.chain_state
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
    coalesce(c.player_id, p.player_id), coalesce(c.entries, 0),
    p.player_id is not null
    and coalesce(c.entries, 0) = p.last_entry_no
    and coalesce(c.fits, true)
    and coalesce(c.links, 0) = (
      loyalty._chain_digest(p.player_id, 0, 0, sha256(''), v_salt)
      # loyalty._chain_digest(
        p.player_id, p.last_entry_no, p.current_balance, p.last_entry_hash, v_salt
      )
    )
  from (
    select
      l.player_id,
      count(*) as entries,
      bool_and(
        l.balance_before >= 0 and l.balance_after >= 0
        and l.balance_after - l.balance_before = l.points_change
        and l.entry_hash = loyalty._computed_hash(l)
      ) as fits,
      bit_xor(
        loyalty._chain_digest(l.player_id, l.entry_no, l.balance_after, l.entry_hash, v_salt)
        # loyalty._chain_digest(
          l.player_id, greatest(l.entry_no, 0) - 1, l.balance_before, l.previous_hash, v_salt
        )
      ) as links
    from loyalty.loyalty_ledger as l
    where l.casino_id = identity._casino()
      and (_chain_states.player_id is null or l.player_id = _chain_states.player_id)
    group by l.player_id
  ) as c
  full join (
    select s.*
    from loyalty.player_loyalty as s
    where s.casino_id = identity._casino()
      and (_chain_states.player_id is null or s.player_id = _chain_states.player_id)
  ) as p on p.player_id = c.player_id;
end
$$;

alter function loyalty._chain_states(uuid) owner to loyalty_service;
revoke all on function loyalty._chain_states(uuid) from public;

comment on function loyalty._chain_states(uuid) is
  'For each player of the running call''s casino, or one: entries, and whether the ledger '
  'fits itself and the standing.';
