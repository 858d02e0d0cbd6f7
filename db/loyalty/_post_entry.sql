-- The one function that writes ledger entries. The caller says what happened and holds the key
-- (loyalty._claim_key); this stamps who, where and when. One statement takes the lock of the
-- player's standing by updating it, has before and after from the same update, and appends the
-- entry with the next number and hash: both happen or neither. Plain arguments instead of a
-- record, because a record is taken apart and put together at every step.

create or replace function loyalty._post_entry(
  actor identity.actor,
  player_id uuid,
  points_change bigint,
  lifetime_change bigint,
  transaction_type text,
  event_type text,
  source text,
  reason text,
  staff_id uuid,
  idempotency_key text,
  request_fingerprint bytea,
  occurred_at timestamptz,
  rating_slip_id uuid default null,
  visit_id uuid default null,
  reverses_entry_no bigint default null,
  correlation_id text default null
) returns loyalty.ledger_result
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_variable
declare
  v_correlation_id text := coalesce(correlation_id, actor.correlation_id);
  v_gaming_day date := identity._gaming_day(
    actor.timezone, actor.gaming_day_start, occurred_at
  );
  v_result loyalty.ledger_result;
begin
  with moved as (
    update loyalty.player_loyalty as p
    set current_balance = p.current_balance + points_change,
      lifetime_points = p.lifetime_points + lifetime_change,
      (tier, tier_progress, last_entry_hash) = (
        select
          s.tier, s.tier_progress,
          loyalty._entry_hash(
            p.last_entry_hash, p.last_entry_no + 1,
            p.current_balance, p.current_balance + points_change, p.tier, s.tier,
            loyalty._entry_digest(row(
              actor.casino_id, player_id, null, transaction_type, event_type, source,
              points_change, null, null, null, null, rating_slip_id, visit_id,
              reverses_entry_no, reason, staff_id, null, v_correlation_id, idempotency_key,
              request_fingerprint, v_gaming_day, occurred_at, now(), null, null
            )::loyalty.loyalty_ledger)
          )
        from loyalty._tier_standing(
          identity._casino(), p.lifetime_points + lifetime_change, occurred_at
        ) as s
      ),
      last_entry_no = p.last_entry_no + 1,
      updated_at = now()
    where p.casino_id = identity._casino()
      and p.player_id = _post_entry.player_id
      and p.current_balance + points_change >= 0
    returning
      new.last_entry_no as entry_no,
      old.current_balance as balance_before, new.current_balance as balance_after,
      old.tier as tier_before, new.tier as tier_after, new.tier_progress,
      old.last_entry_hash as previous_hash, new.last_entry_hash as entry_hash
  ),
  written as (
    insert into loyalty.loyalty_ledger
    select
      actor.casino_id, player_id, m.entry_no, transaction_type, event_type, source,
      points_change, m.balance_before, m.balance_after, m.tier_before, m.tier_after,
      rating_slip_id, visit_id, reverses_entry_no, reason, staff_id, null, v_correlation_id,
      idempotency_key, request_fingerprint, v_gaming_day, occurred_at, now(),
      m.previous_hash, m.entry_hash
    from moved as m
    returning loyalty_ledger as entry
  )
  select w.entry, null, false, m.balance_after, m.tier_after, m.tier_progress
  into v_result
  from written as w
  cross join moved as m;

  if not found then
    perform loyalty._refuse_move(player_id, points_change);
  end if;
  return v_result;
end
$$;

alter function loyalty._post_entry(
  identity.actor, uuid, bigint, bigint, text, text, text, text, uuid, text, bytea, timestamptz,
  uuid, uuid, bigint, text
) owner to loyalty_service;
revoke all on function loyalty._post_entry(
  identity.actor, uuid, bigint, bigint, text, text, text, text, uuid, text, bytea, timestamptz,
  uuid, uuid, bigint, text
) from public;

comment on function loyalty._post_entry(
  identity.actor, uuid, bigint, bigint, text, text, text, text, uuid, text, bytea, timestamptz,
  uuid, uuid, bigint, text
) is
  'Appends one entry, moves the balance by points_change and the lifetime points by '
  'lifetime_change, and sets the tier in force at occurred_at. Errors: RSPLR, LYBAL with the '
  'shortfall.';
