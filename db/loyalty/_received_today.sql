-- The points of manual rewards that a player was given in the running gaming day, or that are asked
-- for: what the limit of a player's day counts. Asked under the player's row lock. Walks back from
-- the newest entry and stops where the day begins, so that a long ledger costs nothing.

create or replace function loyalty._received_today(actor identity.actor, player_id uuid)
returns numeric
language plpgsql
stable
set search_path = ''
as $$
declare
  v_begin timestamptz := loyalty._gaming_day_begin(actor);
  v_points numeric;
  v_entry record;
begin
  select coalesce(sum(r.points), 0) into v_points
  from loyalty.reward_request as r
  where r.casino_id = identity._casino()
    and r.player_id = _received_today.player_id
    and r.kind = 'reward'
    and (r.status = 'approved' or r.status = 'pending' and r.expires_at > now())
    and r.created_at >= v_begin;
  for v_entry in
    select l.points_change, l.transaction_type, l.approved_by, l.occurred_at, l.created_at
    from loyalty.loyalty_ledger as l
    where l.casino_id = identity._casino() and l.player_id = _received_today.player_id
    order by l.entry_no desc
  loop
    -- Entries of one player are numbered under a lock, their times taken a little before it.
    exit when v_entry.created_at < v_begin - interval '1 hour';
    if v_entry.transaction_type = 'MANUAL_BONUS'
      and v_entry.approved_by is null
      and v_entry.occurred_at >= v_begin
    then
      v_points := v_points + v_entry.points_change;
    end if;
  end loop;
  return v_points;
end
$$;

alter function loyalty._received_today(identity.actor, uuid) owner to loyalty_service;
revoke all on function loyalty._received_today(identity.actor, uuid) from public;

comment on function loyalty._received_today(identity.actor, uuid) is
  'Points of manual rewards that a player was given, or that wait for approval, in the running '
  'gaming day.';
