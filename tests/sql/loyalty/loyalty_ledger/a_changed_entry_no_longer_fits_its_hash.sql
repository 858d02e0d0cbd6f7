-- A superuser can take the trigger away; the chain shows it.

begin;
set local search_path to pgtap, public;
select plan(6);

select tests.casino('TTAMP');
select tests.player('P1', 25000);
alter table loyalty.loyalty_ledger disable trigger loyalty_ledger_is_append_only;

-- Numbers of the entries that don't fit after a statement, which is undone again.
create function pg_temp.misfits_after(statement text) returns bigint[]
language plpgsql
as $$
declare
  v_misfits bigint[];
begin
  execute statement;
  select array_agg(e.entry_no order by e.entry_no) into v_misfits
  from (
    select
      e.*, lag(e.entry_hash, 1, sha256('')) over (order by e.entry_no) as before,
      row_number() over (order by e.entry_no) as place,
      loyalty._entry_hash(
        e.previous_hash,
        loyalty._entry_content(
          e.casino_id, e.player_id, e.entry_no, e.transaction_type, e.event_type, e.source,
          e.points_change, e.balance_before, e.balance_after, e.tier_before, e.tier_after,
          e.rating_slip_id, e.visit_id, e.reverses_entry_no, e.reason, e.staff_id, e.approved_by,
          e.correlation_id, e.idempotency_key, e.request_fingerprint, e.gaming_day, e.occurred_at,
          e.created_at
        )
      ) as recomputed
    from tests.entries('P1') as e
  ) as e
  where e.recomputed <> e.entry_hash or e.previous_hash <> e.before or e.place <> e.entry_no;
  raise exception using errcode = 'TUNDO';
exception when sqlstate 'TUNDO' then
  return v_misfits;
end
$$;

select is(pg_temp.misfits_after('select'), null, 'untouched, everything fits');
select is(
  pg_temp.misfits_after($$
    update loyalty.loyalty_ledger set reason = 'another'
    where casino_id = tests.casino_id() and entry_no = 2
  $$),
  '{2}', 'a changed reason shows'
);
select is(
  pg_temp.misfits_after($$
    update loyalty.loyalty_ledger
    set points_change = points_change + 1, balance_after = balance_after + 1
    where casino_id = tests.casino_id() and entry_no = 3
  $$),
  '{3}', 'changed points show, even when they add up'
);
select is(
  pg_temp.misfits_after($$
    update loyalty.loyalty_ledger set staff_id = gen_random_uuid()
    where casino_id = tests.casino_id() and entry_no = 1
  $$),
  '{1}', 'another person shows'
);
select is(
  pg_temp.misfits_after($$
    update loyalty.loyalty_ledger set occurred_at = occurred_at + interval '1 microsecond'
    where casino_id = tests.casino_id() and entry_no = 1
  $$),
  '{1}', 'a microsecond shows'
);
select is(
  pg_temp.misfits_after($$
    delete from loyalty.loyalty_ledger where casino_id = tests.casino_id() and entry_no = 2
  $$),
  '{3}', 'a removed entry shows in the one after it'
);

select * from finish();
rollback;
