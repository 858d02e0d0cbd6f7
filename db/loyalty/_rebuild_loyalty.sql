-- Makes standings what the ledger says, of those that differ and nobody else, with before and after
-- of each in the audit log. Players are locked in the order of their ids, and looked at again under
-- the locks; the feed, which locks several in an order of its own, waits. A broken ledger is no
-- source: then nothing is rebuilt at all, because what was lost would be gone from the books, too.
-- The copy of limits and tiers is copied anew where it differs from the versions.

create or replace function loyalty._rebuild_loyalty(actor identity.actor, dry_run boolean)
returns loyalty.loyalty_rebuild
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_locked boolean := _rebuild_loyalty.dry_run
    or ops._lock(identity._casino(), 'ops.ingest_events');
  v_players uuid[] := (loyalty._reconcile(0)).suspects;
  v_terms loyalty.drift[] := array(select d from loyalty._terms_drift() as d order by d.what);
  v_before jsonb;
  v_broken record;
  v_result loyalty.loyalty_rebuild;
begin
  v_result.dry_run := _rebuild_loyalty.dry_run;
  if not v_result.dry_run then
    perform
    from loyalty.player_loyalty as p
    where p.casino_id = identity._casino() and p.player_id = any (v_players)
    order by p.player_id
    for no key update;
  end if;

  v_result.differences := array(
    select d
    from loyalty._ledger_drift(v_players) as d
    where v_players is not null
    order by d.player_id, d.entry_no, d.what
  );
  v_players := array(
    select distinct d.player_id from unnest(v_result.differences) as d order by d.player_id
  );
  v_result.players := cardinality(v_players);
  v_result.standings := '{}';
  v_result.differences := v_terms || v_result.differences;
  if not v_result.dry_run and cardinality(v_terms) > 0 then
    select to_jsonb(f) - 'casino_id' into v_before
    from loyalty.terms_in_force as f
    where f.casino_id = identity._casino();
    perform loyalty._copy_terms();
    perform ops._log(
      actor, 'terms rebuilt',
      details => jsonb_build_object('before', v_before, 'after', to_jsonb(f) - 'casino_id')
    )
    from loyalty.terms_in_force as f
    where f.casino_id = identity._casino();
  end if;
  if v_result.dry_run or v_result.players = 0 then
    return v_result;
  end if;

  select count(*) as players, (array_agg(b.player_id))[1] as player_id,
    (array_agg(b.entry_no))[1] as entry_no
  into v_broken
  from loyalty._broken_ledgers(v_players) as b;
  if v_broken.players > 0 then
    perform ops._refuse(
      'LYBRK', array[v_broken.player_id::text, v_broken.entry_no::text],
      jsonb_build_object('players', v_broken.players)
    );
  end if;

  with rebuilt as (
    insert into loyalty.player_loyalty as p (
      casino_id, player_id, current_balance, lifetime_points, tier, tier_progress,
      last_entry_no, last_entry_hash
    )
    select
      actor.casino_id, w.player_id, coalesce(l.balance, 0), coalesce(l.lifetime, 0), t.tier,
      t.tier_progress, coalesce(l.entry_no, 0), coalesce(l.entry_hash, sha256(''))
    from unnest(v_players) as w (player_id)
    left join loyalty._ledger_standings(v_players) as l on l.player_id = w.player_id
    cross join lateral loyalty._tier_standing(
      actor.casino_id, coalesce(l.lifetime, 0), now()
    ) as t
    on conflict (casino_id, player_id) do update
    set current_balance = excluded.current_balance,
      lifetime_points = excluded.lifetime_points,
      tier = excluded.tier,
      tier_progress = excluded.tier_progress,
      last_entry_no = excluded.last_entry_no,
      last_entry_hash = excluded.last_entry_hash,
      updated_at = now()
    returning
      p.player_id, to_jsonb(old) as before, to_jsonb(new) as after, new as standing
  )
  select array_agg(r.standing order by r.player_id)
  into v_result.standings
  from rebuilt as r
  cross join lateral ops._log(
    actor, 'standing rebuilt', r.player_id,
    jsonb_build_object(
      'before', r.before - '{casino_id, player_id}'::text[],
      'after', r.after - '{casino_id, player_id}'::text[]
    )
  );
  return v_result;
end
$$;

alter function loyalty._rebuild_loyalty(identity.actor, boolean) owner to loyalty_service;
revoke all on function loyalty._rebuild_loyalty(identity.actor, boolean) from public;

comment on function loyalty._rebuild_loyalty(identity.actor, boolean) is
  'What loyalty.rebuild_loyalty gives, for the running call''s casino. Error: LYBRK.';
