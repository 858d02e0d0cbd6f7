-- The one function that writes ledger entries. The caller says what happened and holds the key
-- (loyalty._claim_key); this stamps who, where and when. The update takes the lock of the player's
-- standing and has before and after; the insert appends the entry with the next number and hash.
-- Plain arguments instead of a record, because a record is taken apart and put together at every
-- step; terms, when the caller has read them already.

create or replace function loyalty._post_entry(
  actor identity.actor,
  player_id uuid,
  points_change bigint,
  lifetime_change bigint,
  transaction_type loyalty.transaction_type,
  event_type text,
  source loyalty.entry_source,
  reason text,
  staff_id uuid,
  idempotency_key text,
  request_fingerprint bytea,
  occurred_at timestamptz,
  rating_slip_id uuid default null,
  visit_id uuid default null,
  reverses_entry_no bigint default null,
  correlation_id text default null,
  terms loyalty.terms_in_force default null,
  approved_by uuid default null
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
  v_moved record;
  v_result loyalty.ledger_result;
begin
  if terms.casino_id is null then
    terms := loyalty._terms(occurred_at);
  end if;

  update loyalty.player_loyalty as p
  set current_balance = p.current_balance + points_change,
    lifetime_points = p.lifetime_points + lifetime_change,
    tier = loyalty._tier(terms.tiers, terms.tier_floors, p.lifetime_points + lifetime_change),
    tier_progress = loyalty._tier_progress(
      terms.tier_floors, p.lifetime_points + lifetime_change
    ),
    last_entry_no = p.last_entry_no + 1,
    last_entry_hash = loyalty._entry_hash(
      p.last_entry_hash,
      loyalty._entry_content(
        actor.casino_id, player_id, p.last_entry_no + 1, transaction_type, event_type, source,
        points_change, p.current_balance, p.current_balance + points_change, p.tier,
        loyalty._tier(terms.tiers, terms.tier_floors, p.lifetime_points + lifetime_change),
        rating_slip_id, visit_id, reverses_entry_no, reason, staff_id, approved_by,
        v_correlation_id, idempotency_key, request_fingerprint, v_gaming_day, occurred_at, now()
      )
    ),
    updated_at = now()
  where p.casino_id = identity._casino()
    and p.player_id = _post_entry.player_id
    and p.current_balance + points_change >= 0
  returning
    new.last_entry_no as entry_no,
    old.current_balance as balance_before, new.current_balance as balance_after,
    old.tier as tier_before, new.tier as tier_after, new.tier_progress,
    old.last_entry_hash as previous_hash, new.last_entry_hash as entry_hash
  into v_moved;
  if not found then
    perform loyalty._refuse_move(player_id, points_change);
  end if;

  insert into loyalty.loyalty_ledger
  values (
    actor.casino_id, player_id, v_moved.entry_no, transaction_type, event_type, source,
    points_change, v_moved.balance_before, v_moved.balance_after,
    v_moved.tier_before, v_moved.tier_after,
    rating_slip_id, visit_id, reverses_entry_no, reason, staff_id, approved_by,
    v_correlation_id, idempotency_key, request_fingerprint, v_gaming_day, occurred_at, now(),
    v_moved.previous_hash, v_moved.entry_hash
  )
  returning
    loyalty_ledger, null, false, v_moved.balance_after, v_moved.tier_after,
    v_moved.tier_progress
  into v_result;
  return v_result;
end
$$;

alter function loyalty._post_entry(
  identity.actor, uuid, bigint, bigint, loyalty.transaction_type, text, loyalty.entry_source,
  text, uuid, text, bytea, timestamptz, uuid, uuid, bigint, text, loyalty.terms_in_force, uuid
) owner to loyalty_service;
revoke all on function loyalty._post_entry(
  identity.actor, uuid, bigint, bigint, loyalty.transaction_type, text, loyalty.entry_source,
  text, uuid, text, bytea, timestamptz, uuid, uuid, bigint, text, loyalty.terms_in_force, uuid
) from public;

comment on function loyalty._post_entry(
  identity.actor, uuid, bigint, bigint, loyalty.transaction_type, text, loyalty.entry_source,
  text, uuid, text, bytea, timestamptz, uuid, uuid, bigint, text, loyalty.terms_in_force, uuid
) is
  'Appends one entry, moves the balance by points_change and the lifetime points by '
  'lifetime_change, and sets the tier in force at occurred_at. Errors: RSPLR, LYBAL with the '
  'shortfall, LYPOL.';
