-- The whole ledger in one pass that parallel workers share, each entry on its own: its hash is
-- recomputed, and a digest of its number, balance and hash is XORed with the same of what it says
-- came before. Along an unbroken chain everything cancels out but the beginning and the end, which
-- the standing has; a gap, an insertion or a swap doesn't, and loyalty._chain_problems says where.
-- Rows are returned because a query that fills a variable isn't shared among workers.

create or replace function loyalty._chain_states(player_id uuid default null)
returns setof loyalty.chain_state
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_custom_plan
set jit = off
set max_parallel_workers_per_gather = 4
set parallel_setup_cost = 0
set parallel_tuple_cost = 0
as $$
begin
  return query
  select
    coalesce(c.player_id, p.player_id), coalesce(c.entries, 0),
    p.player_id is not null
    and coalesce(c.entries, 0) = p.last_entry_no
    and coalesce(c.fits, true)
    and coalesce(c.links, 0) = (
      hashbyteaextended(sha256(''), 0)
      # hashbyteaextended(p.last_entry_hash, (p.last_entry_no << 40) # p.current_balance)
    )
  from (
    select
      l.player_id,
      count(*) as entries,
      bool_and(
        l.balance_after = l.balance_before + l.points_change
        and l.entry_hash = loyalty._entry_hash(
          l.previous_hash,
          loyalty._entry_content(
            l.casino_id, l.player_id, l.entry_no, l.transaction_type, l.event_type, l.source,
            l.points_change, l.balance_before, l.balance_after, l.tier_before, l.tier_after,
            l.rating_slip_id, l.visit_id, l.reverses_entry_no, l.reason, l.staff_id,
            l.approved_by, l.correlation_id, l.idempotency_key, l.request_fingerprint,
            l.gaming_day, l.occurred_at, l.created_at
          )
        )
      ) as fits,
      bit_xor(
        hashbyteaextended(l.entry_hash, (l.entry_no << 40) # l.balance_after)
        # hashbyteaextended(l.previous_hash, ((l.entry_no - 1) << 40) # l.balance_before)
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
