-- The cheap pass of loyalty._chain_states beside the standings: every number, sum and link, with
-- the hashes as they are stored, and lifetime points and tier. Hashes are recomputed for one 64th
-- of the players only; a digest in the player's id says whose turn it is, so that a byte changed in
-- an old entry, which nothing else would show, is found within 64 runs. Tiers are those of the
-- copy for the write path: who doesn't fit it is a suspect, and loyalty._standing_drift decides.

create or replace function loyalty._reconciled_players(slice_no integer)
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
    (
      p.player_id is not null
      and coalesce(c.entries, 0) = p.last_entry_no
      and coalesce(c.fits, true)
      and coalesce(c.lifetime, 0) = p.lifetime_points
      and coalesce(c.links, 0) = (
        hashbyteaextended(sha256(''), 0)
        # hashbyteaextended(p.last_entry_hash, (p.last_entry_no << 40) # p.current_balance)
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
        l.balance_after = l.balance_before + l.points_change
        and (
          uuid_hash(l.player_id) & 63 <> _reconciled_players.slice_no
          or l.entry_hash = loyalty._entry_hash(
            l.previous_hash,
            loyalty._entry_content(
              l.casino_id, l.player_id, l.entry_no, l.transaction_type, l.event_type, l.source,
              l.points_change, l.balance_before, l.balance_after, l.tier_before, l.tier_after,
              l.rating_slip_id, l.visit_id, l.reverses_entry_no, l.reason, l.staff_id,
              l.approved_by, l.correlation_id, l.idempotency_key, l.request_fingerprint,
              l.gaming_day, l.occurred_at, l.created_at
            )
          )
        )
      ) as fits,
      bit_xor(
        hashbyteaextended(l.entry_hash, (l.entry_no << 40) # l.balance_after)
        # hashbyteaextended(l.previous_hash, ((l.entry_no - 1) << 40) # l.balance_before)
      ) as links
    from loyalty.loyalty_ledger as l
    where l.casino_id = identity._casino()
    group by l.player_id
  ) as c
  full join (
    select s.* from loyalty.player_loyalty as s where s.casino_id = identity._casino()
  ) as p on p.player_id = c.player_id
  left join loyalty.terms_in_force as t on t.casino_id = identity._casino();
end
$$;

alter function loyalty._reconciled_players(integer) owner to loyalty_service;
revoke all on function loyalty._reconciled_players(integer) from public;

comment on function loyalty._reconciled_players(integer) is
  'For each player of the running call''s casino: entries, and whether ledger and standing agree; '
  'with every hash recomputed for the players of one slice, 0 to 63.';
