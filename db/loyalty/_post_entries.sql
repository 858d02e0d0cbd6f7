-- The twin of loyalty._post_entry for many entries at once, for imports: the same numbers,
-- balances, tiers, gaming days and hashes, in one pass over all of them. A player's drafts are
-- posted in the order of the list; standings are locked in the order of their ids. A draft that
-- can't be posted is left out and given back, and what follows goes on without it. Lifetime points
-- follow from the kind of entry: what is positive counts, a reversal takes back what counted.

create or replace function loyalty._post_entries(
  actor identity.actor,
  drafts loyalty.entry_draft[],
  keys_are_new boolean default false
) returns setof loyalty.unposted_entry
language plpgsql
volatile
security definer
set search_path = ''
set work_mem = '64MB'
set enable_nestloop = off
as $$
#variable_conflict use_column
declare
  v_terms loyalty.terms_in_force[];
begin
  perform
  from loyalty.player_loyalty as p
  where p.casino_id = identity._casino()
    and p.player_id in (select d.player_id from unnest(drafts) as d)
  order by p.player_id
  for no key update;

  v_terms := array(
    select t
    from (select min(d.occurred_at), max(d.occurred_at) from unnest(drafts) as d)
      as m (first_at, last_at)
    cross join lateral loyalty._terms_between(m.first_at, m.last_at) as t
  );

  return query
  with draft as materialized (
    select
      d.*, p.current_balance, p.lifetime_points, p.tier, p.last_entry_no, p.last_entry_hash,
      (
        select l.request_fingerprint
        from loyalty.loyalty_ledger as l
        where l.casino_id = identity._casino()
          and l.idempotency_key = d.idempotency_key
          and not keys_are_new
      ) as used_for
    from unnest(drafts) with ordinality as d (
      player_id, transaction_type, event_type, source, points_change, rating_slip_id, visit_id,
      reverses_entry_no, reason, staff_id, approved_by, idempotency_key, request_fingerprint,
      occurred_at, draft_no
    )
    left join loyalty.player_loyalty as p
      on p.casino_id = identity._casino() and p.player_id = d.player_id
  ),
  moved as materialized (
    select
      d.*,
      loyalty._running_balance(d.current_balance, d.points_change)
        over (partition by d.player_id order by d.draft_no rows unbounded preceding)
        as balance_after
    from draft as d
    where d.used_for is null and d.current_balance is not null
  ),
  balanced as (
    select
      m.*,
      lag(m.balance_after, 1, m.current_balance)
        over (partition by m.player_id order by m.draft_no) as balance_before
    from moved as m
  ),
  numbered as (
    select
      b.*,
      b.last_entry_no + row_number() over w as entry_no,
      (
        b.lifetime_points + sum(
          case b.transaction_type
            when 'REVERSAL' then least(b.points_change, 0)
            else greatest(b.points_change, 0)
          end
        ) over w
      )::bigint as lifetime_after
    from balanced as b
    where b.balance_after <> b.balance_before
    window w as (partition by b.player_id order by b.draft_no rows unbounded preceding)
  ),
  standing as (
    select
      n.*,
      loyalty._tier(t.tiers, t.tier_floors, n.lifetime_after) as tier_after,
      loyalty._tier_progress(t.tier_floors, n.lifetime_after) as progress_after,
      identity._gaming_day(actor.timezone, actor.gaming_day_start, n.occurred_at) as gaming_day
    from numbered as n
    join unnest(v_terms) as t on n.occurred_at >= t.valid_from and n.occurred_at < t.valid_until
  ),
  written as (
    select
      s.*,
      lag(s.tier_after, 1, s.tier) over (partition by s.player_id order by s.draft_no)
        as tier_before
    from standing as s
  ),
  chained as materialized (
    select
      w.*,
      loyalty._running_hash(
        w.last_entry_hash,
        loyalty._entry_content(
          actor.casino_id, w.player_id, w.entry_no, w.transaction_type, w.event_type, w.source,
          w.points_change, w.balance_before, w.balance_after, w.tier_before, w.tier_after,
          w.rating_slip_id, w.visit_id, w.reverses_entry_no, w.reason, w.staff_id, w.approved_by,
          actor.correlation_id, w.idempotency_key, w.request_fingerprint, w.gaming_day,
          w.occurred_at, now()
        )
      ) over (partition by w.player_id order by w.draft_no rows unbounded preceding)
        as entry_hash
    from written as w
  ),
  posted as (
    insert into loyalty.loyalty_ledger
    select
      actor.casino_id, c.player_id, c.entry_no, c.transaction_type, c.event_type, c.source,
      c.points_change, c.balance_before, c.balance_after, c.tier_before, c.tier_after,
      c.rating_slip_id, c.visit_id, c.reverses_entry_no, c.reason, c.staff_id, c.approved_by,
      actor.correlation_id, c.idempotency_key, c.request_fingerprint, c.gaming_day,
      c.occurred_at, now(),
      lag(c.entry_hash, 1, c.last_entry_hash) over (partition by c.player_id order by c.draft_no),
      c.entry_hash
    from chained as c
  ),
  kept as (
    update loyalty.player_loyalty as p
    set current_balance = c.balance_after,
      lifetime_points = c.lifetime_after,
      tier = c.tier_after,
      tier_progress = c.progress_after,
      last_entry_no = c.entry_no,
      last_entry_hash = c.entry_hash,
      updated_at = now()
    from (
      select distinct on (h.player_id) h.* from chained as h order by h.player_id, h.draft_no desc
    ) as c
    where p.casino_id = identity._casino() and p.player_id = c.player_id
  )
  select
    d.draft_no, d.idempotency_key, coalesce(d.used_for = d.request_fingerprint, false),
    case when d.used_for is null then 'RSPLR' when d.used_for <> d.request_fingerprint then 'LYIDM'
    end
  from draft as d
  where d.used_for is not null or d.current_balance is null
  union all
  select b.draft_no, b.idempotency_key, false, 'LYBAL'
  from balanced as b
  where b.balance_after = b.balance_before;
end
$$;

alter function loyalty._post_entries(identity.actor, loyalty.entry_draft[], boolean)
owner to loyalty_service;
revoke all on function loyalty._post_entries(identity.actor, loyalty.entry_draft[], boolean)
from public;
grant execute on function loyalty._post_entries(identity.actor, loyalty.entry_draft[], boolean)
to ops_service;

comment on function loyalty._post_entries(identity.actor, loyalty.entry_draft[], boolean) is
  'Appends entries in bulk and moves the balances, and gives back the drafts that made no entry. '
  'No key may be twice in the list; keys_are_new says that none was used before, which needn''t be '
  'looked up then. Error: LYPOL.';
