-- The cache beside the truth, in one pass without hashes: what each player's standing should be
-- after the ledger, and where it is something else. A tier may be that of the tiers in force now,
-- that of the moment when everybody's tier was last moved, until a planned version's job has run,
-- or that of the newest entry's moment, which is how an entry of the past sets it.

create or replace function loyalty._standing_drift(player_ids uuid[]) returns setof loyalty.drift
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
begin
  return query
  select d.player_id, d.entry_no, v.what, v.expected, v.actual
  from (
    select
      coalesce(l.player_id, p.player_id) as player_id, coalesce(l.entry_no, 0) as entry_no,
      coalesce(l.entries, 0) as entries, coalesce(l.balance, 0) as balance,
      coalesce(l.lifetime, 0) as lifetime,
      coalesce(l.entry_hash, sha256('')) as entry_hash, l.occurred_at,
      p.player_id is not null as has_standing, p.current_balance, p.lifetime_points, p.tier,
      p.tier_progress, p.last_entry_no, p.last_entry_hash
    from loyalty._ledger_standings(player_ids) as l
    full join (
      select s.*
      from loyalty.player_loyalty as s
      where s.casino_id = identity._casino()
        and (player_ids is null or s.player_id = any (player_ids))
    ) as p on p.player_id = l.player_id
  ) as d
  left join loyalty.terms_in_force as f on f.casino_id = identity._casino()
  left join lateral loyalty._tier_standing(identity._casino(), d.lifetime, now()) as t on true
  left join lateral loyalty._tier_standing(
    identity._casino(), d.lifetime, f.standings_as_of
  ) as u on true
  left join lateral loyalty._tier_standing(
    identity._casino(), d.lifetime, d.occurred_at
  ) as n on true
  cross join lateral (
    values
      ('standing', 'exists', case when d.has_standing then 'exists' else 'is missing' end),
      ('entries', d.entry_no::text, d.entries::text),
      ('current_balance', d.balance::text, d.current_balance::text),
      ('lifetime_points', d.lifetime::text, d.lifetime_points::text),
      ('tier', t.tier, case when d.tier in (u.tier, n.tier) then t.tier else d.tier end),
      (
        'tier_progress', t.tier_progress::text,
        case
          when d.tier_progress in (u.tier_progress, n.tier_progress) then t.tier_progress
          else d.tier_progress
        end::text
      ),
      ('last_entry_no', d.entry_no::text, d.last_entry_no::text),
      ('last_entry_hash', encode(d.entry_hash, 'hex'), encode(d.last_entry_hash, 'hex'))
  ) as v (what, expected, actual)
  where v.actual is distinct from v.expected
    and (d.has_standing or v.what = 'standing');
end
$$;

alter function loyalty._standing_drift(uuid[]) owner to loyalty_service;
revoke all on function loyalty._standing_drift(uuid[]) from public;

comment on function loyalty._standing_drift(uuid[]) is
  'Every difference between the standings and the ledger of the running call''s casino, or of '
  'these players: sums, tier, number and hash of the newest entry.';
