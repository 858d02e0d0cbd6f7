-- The floor: what a machine can do at best for one award. One function updates a balance row and
-- inserts a ledger row with the columns and the indexes of the real ledger, with constants where
-- the real path computes, and without row-level security, trigger, foreign key, check or hash.
-- The tables are derived from the real ones, so that they follow every change of theirs.

create schema bench;
grant usage on schema bench to pit_staff;

create table bench.ledger (like loyalty.loyalty_ledger including defaults including indexes);
create table bench.balance (like loyalty.player_loyalty including defaults including indexes);

do $$
declare
  v_option text;
begin
  for v_option in
    select unnest(c.reloptions) from pg_class as c where c.oid = 'loyalty.player_loyalty'::regclass
  loop
    execute format('alter table bench.balance set (%s)', v_option);
  end loop;
end
$$;

create function bench.award(player uuid, points bigint, reason text, key text, staff uuid)
returns bigint
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_entry_no bigint;
  v_balance bigint;
begin
  update bench.balance as b
  set current_balance = b.current_balance + points,
    lifetime_points = b.lifetime_points + points,
    last_entry_no = b.last_entry_no + 1,
    updated_at = now()
  where b.casino_id = 1 and b.player_id = award.player
  returning b.last_entry_no, b.current_balance into strict v_entry_no, v_balance;

  insert into bench.ledger (
    casino_id, player_id, entry_no, transaction_type, event_type, source, points_change,
    balance_before, balance_after, tier_before, tier_after, rating_slip_id, visit_id,
    reverses_entry_no, reason, staff_id, approved_by, correlation_id, idempotency_key,
    request_fingerprint, gaming_day, occurred_at, created_at, previous_hash, entry_hash
  )
  values (
    1, award.player, v_entry_no, 'MANUAL_BONUS', 'POINTS_UPDATE_REQUESTED', 'manual', points,
    0, v_balance, 'BRONZE', 'BRONZE', null, null,
    null, award.reason, award.staff, null, '00000000-0000-0000-0000-000000000000', award.key,
    '\x0000000000000000000000000000000000000000000000000000000000000000', '2026-01-01',
    now(), now(),
    '\x0000000000000000000000000000000000000000000000000000000000000000',
    '\x0000000000000000000000000000000000000000000000000000000000000000'
  );
  return v_balance;
end
$$;

revoke all on function bench.award(uuid, bigint, text, text, uuid) from public;
grant execute on function bench.award(uuid, bigint, text, text, uuid) to pit_staff;
