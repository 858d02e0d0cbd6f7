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
set enable_mergejoin = off
as $$
#variable_conflict use_column
declare
  v_terms loyalty.terms_in_force[];
  v_player_ids uuid[] := array(select distinct d.player_id from unnest(drafts) as d);
begin
  perform
  from loyalty.player_loyalty as p
  where p.casino_id = identity._casino() and p.player_id = any (v_player_ids)
  order by p.player_id
  for no key update;

  v_terms := array(
    select t
    from (select min(d.occurred_at), max(d.occurred_at) from unnest(drafts) as d)
      as m (first_at, last_at)
    cross join lateral loyalty._terms_between(m.first_at, m.last_at) as t
  );

  return query
  with draft as (
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
      on p.casino_id = identity._casino()
      and p.player_id = any (v_player_ids)
      and p.player_id = d.player_id
    offset 0
  ),
  moved as materialized (
    select
      d.*,
      loyalty._running_balance(d.current_balance, d.points_change)
        filter (where d.used_for is null and d.current_balance is not null)
        over (partition by d.player_id order by d.draft_no rows unbounded preceding)
        as balance_after
    from draft as d
  ),
  -- One window for whatever needs no result of another; tiers of the entry before are what it was
  -- written under.
  numbered as (
    select
      m.*, t.tiers, t.tier_floors, k.credit,
      m.last_entry_no + row_number() over w as entry_no,
      (m.lifetime_points + sum(k.credit) over w)::bigint as lifetime_after,
      lag(t.tiers) over w as tiers_before,
      lag(t.tier_floors) over w as tier_floors_before,
      lead(m.draft_no) over w is null as is_last
    from moved as m
    cross join lateral (
      select case m.transaction_type
        when 'REVERSAL' then least(m.points_change, 0)
        else greatest(m.points_change, 0)
      end
    ) as k (credit)
    join unnest(v_terms) as t on m.occurred_at >= t.valid_from and m.occurred_at < t.valid_until
    where m.used_for is null and m.balance_after >= 0
    window w as (partition by m.player_id order by m.draft_no rows unbounded preceding)
  ),
  written as (
    select
      n.*,
      n.balance_after - n.points_change as balance_before,
      loyalty._tier(n.tiers, n.tier_floors, n.lifetime_after) as tier_after,
      coalesce(
        loyalty._tier(n.tiers_before, n.tier_floors_before, n.lifetime_after - n.credit), n.tier
      ) as tier_before,
      identity._gaming_day(actor.timezone, actor.gaming_day_start, n.occurred_at) as gaming_day
    from numbered as n
    offset 0
  ),
  chained as materialized (
    select
      w.player_id, w.draft_no, w.entry_no, w.transaction_type, w.event_type, w.source,
      w.points_change, w.balance_before, w.balance_after, w.tier_before, w.tier_after,
      w.rating_slip_id, w.visit_id, w.reverses_entry_no, w.reason, w.staff_id, w.approved_by,
      w.idempotency_key, w.request_fingerprint, w.gaming_day, w.occurred_at, w.lifetime_after,
      w.is_last,
      loyalty._running_hash(
        w.last_entry_hash,
        loyalty._entry_content(
          actor.casino_id, w.player_id, w.entry_no, w.transaction_type, w.event_type, w.source,
          w.points_change, w.balance_before, w.balance_after, w.tier_before, w.tier_after,
          w.rating_slip_id, w.visit_id, w.reverses_entry_no, w.reason, w.staff_id, w.approved_by,
          actor.correlation_id, w.idempotency_key, w.request_fingerprint, w.gaming_day,
          w.occurred_at, now()
        )
      ) over (partition by w.player_id order by w.draft_no rows unbounded preceding) as link
    from written as w
  ),
  posted as (
    insert into loyalty.loyalty_ledger
    select
      identity._casino(), c.player_id, c.entry_no, c.transaction_type, c.event_type, c.source,
      c.points_change, c.balance_before, c.balance_after, c.tier_before, c.tier_after,
      c.rating_slip_id, c.visit_id, c.reverses_entry_no, c.reason, c.staff_id, c.approved_by,
      actor.correlation_id, c.idempotency_key, c.request_fingerprint, c.gaming_day,
      c.occurred_at, now(), substr(c.link, 1, 32), substr(c.link, 33)
    from chained as c
  ),
  kept as (
    update loyalty.player_loyalty as p
    set current_balance = c.balance_after,
      lifetime_points = c.lifetime_after,
      tier = c.tier_after,
      tier_progress = loyalty._tier_progress(t.tier_floors, c.lifetime_after),
      last_entry_no = c.entry_no,
      last_entry_hash = substr(c.link, 33),
      updated_at = now()
    from chained as c
    join unnest(v_terms) as t on c.occurred_at >= t.valid_from and c.occurred_at < t.valid_until
    where p.casino_id = identity._casino()
      and p.player_id = any (v_player_ids)
      and p.player_id = c.player_id
      and c.is_last
  )
  select
    m.draft_no, m.idempotency_key, coalesce(m.used_for = m.request_fingerprint, false),
    case
      when m.used_for <> m.request_fingerprint then 'LYIDM'
      when m.used_for is not null then null
      when m.current_balance is null then 'RSPLR'
      else 'LYBAL'
    end
  from moved as m
  where m.used_for is not null or m.current_balance is null or m.balance_after < 0;
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
