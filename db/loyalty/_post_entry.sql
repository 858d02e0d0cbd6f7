-- The one function that writes ledger entries. The caller fills in what the entry says and holds
-- the key (loyalty._claim_key); this stamps who, where and when, moves the player's standing
-- under its row lock, and appends the entry with the next number and hash, in one transaction.

create function loyalty._post_entry(
  actor identity.actor,
  draft loyalty.loyalty_ledger,
  lifetime_change bigint
) returns loyalty.ledger_result
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_entry loyalty.loyalty_ledger := draft;
  v_move loyalty.points_move;
begin
  v_entry.casino_id := actor.casino_id;
  v_entry.correlation_id := coalesce(draft.correlation_id, actor.correlation_id);
  v_entry.occurred_at := coalesce(draft.occurred_at, now());
  v_entry.created_at := now();
  v_entry.gaming_day := identity._gaming_day(
    actor.timezone, actor.gaming_day_start, v_entry.occurred_at
  );

  v_move := loyalty._move_points(
    v_entry.player_id, v_entry.points_change, lifetime_change,
    v_entry.occurred_at, loyalty._entry_digest(v_entry)
  );

  v_entry.entry_no := v_move.entry_no;
  v_entry.balance_before := v_move.balance_before;
  v_entry.balance_after := v_move.balance_after;
  v_entry.tier_before := v_move.tier_before;
  v_entry.tier_after := v_move.tier_after;
  v_entry.previous_hash := v_move.previous_hash;
  v_entry.entry_hash := v_move.entry_hash;
  insert into loyalty.loyalty_ledger select v_entry.*;
  return row(
    v_entry, null, false, v_move.balance_after, v_move.tier_after, v_move.tier_progress
  )::loyalty.ledger_result;
end
$$;

alter function loyalty._post_entry(identity.actor, loyalty.loyalty_ledger, bigint)
owner to loyalty_service;
revoke all on function loyalty._post_entry(identity.actor, loyalty.loyalty_ledger, bigint)
from public;

comment on function loyalty._post_entry(identity.actor, loyalty.loyalty_ledger, bigint) is
  'Appends one entry and moves the balance by its points_change and the lifetime points by '
  'lifetime_change. Errors: RSPLR, LYBAL.';
