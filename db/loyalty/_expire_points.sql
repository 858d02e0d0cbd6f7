-- The next batch of a gaming day's expiry. Players are taken in the order of their ids; only who
-- seems to have something that expires is locked, and counted again under the lock. The feed, which
-- locks players in an order of its own, waits meanwhile.

create or replace function loyalty._expire_points(
  actor identity.actor,
  at timestamptz,
  batch_size integer default 500
) returns loyalty.expiry_batch
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_locked boolean := ops._lock(actor.casino_id, 'ops.ingest_events');
  v_run loyalty.expiry_run;
  v_terms loyalty.terms_in_force;
  v_player record;
  v_seen integer := 0;
  v_points bigint;
  v_key text;
  v_batch loyalty.expiry_batch;
begin
  select r.* into v_run
  from loyalty._open_expiry_run(
    actor, identity._gaming_day(actor.timezone, actor.gaming_day_start, at)
  ) as r;
  v_batch := row(v_run.cut_off, true, 0, 0, '{}');
  if v_run.cut_off is null or v_run.finished_at is not null then
    return v_batch;
  end if;

  v_terms := loyalty._terms(at);
  for v_player in
    select
      p.player_id, loyalty._expirable(p.player_id, p.current_balance, v_run.cut_off) as points
    from loyalty.player_loyalty as p
    where p.casino_id = identity._casino()
      and p.current_balance > 0
      and (v_run.last_player_id is null or p.player_id > v_run.last_player_id)
    order by p.player_id
    limit batch_size
  loop
    v_seen := v_seen + 1;
    v_run.last_player_id := v_player.player_id;
    continue when v_player.points = 0;

    select p.current_balance into strict v_points
    from loyalty.player_loyalty as p
    where p.casino_id = identity._casino() and p.player_id = v_player.player_id
    for no key update;
    v_points := loyalty._expirable(v_player.player_id, v_points, v_run.cut_off);
    v_key := format('pit:expiry:%s:%s', v_run.cut_off, v_player.player_id);
    continue when v_points = 0 or exists (
      select
      from loyalty.loyalty_ledger as l
      where l.casino_id = identity._casino() and l.idempotency_key = v_key
    );
    v_batch.ledger_entries := v_batch.ledger_entries || (
      loyalty._post_entry(
        actor, v_player.player_id, -v_points, 0,
        'EXPIRATION', 'POINTS_EXPIRED', 'system', format('earned before %s', v_run.cut_off),
        null, v_key,
        ops._fingerprint(jsonb_build_array('expire_points', v_player.player_id, v_run.cut_off)),
        at, terms => v_terms
      )
    ).ledger_entry;
    v_batch.players := v_batch.players + 1;
    v_batch.points := v_batch.points + v_points;
  end loop;

  v_batch.finished := v_seen < batch_size;
  update loyalty.expiry_run as r
  set last_player_id = v_run.last_player_id,
    players = r.players + v_batch.players,
    points = r.points + v_batch.points,
    finished_at = case when v_batch.finished then now() end
  where r.casino_id = identity._casino() and r.gaming_day = v_run.gaming_day;
  return v_batch;
end
$$;

alter function loyalty._expire_points(identity.actor, timestamptz, integer)
owner to loyalty_service;
revoke all on function loyalty._expire_points(identity.actor, timestamptz, integer) from public;

comment on function loyalty._expire_points(identity.actor, timestamptz, integer) is
  'Posts the EXPIRATION entries of the next players in the run of the moment''s gaming day: one '
  'for each player and cut-off.';
