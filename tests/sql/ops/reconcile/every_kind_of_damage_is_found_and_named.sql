-- What a superuser can do behind the functions' back, each undone again: the next reconciliation
-- finds it, and says whose it is, where, what it should be and what it is.

begin;
set local search_path to pgtap, public;
select plan(37);

select tests.casino('TRECD');
select tests.person('audrey', 'auditor');
select tests.person('boss', 'pit_boss');
select tests.person('claire', 'compliance_officer');
select tests.player('P1', 35000);
select tests.player('P2', 5000);
select tests.player('P3');
create function tests.entry_id(key text, role text default 'original') returns uuid
language sql
stable
security definer
return (
  select e.entry_id
  from compliance.mtl_entry as e
  where e.casino_id = tests.casino_id() and e.idempotency_key = key and e.entry_role = role
);

select tests.sign_in('boss');
select loyalty.redeem(tests.player_id('P1'), 700, 'dinner for two', 'k1');
select loyalty.redeem(tests.player_id('P2'), 50, 'coffee', 'k2');
select tests.sign_out();
select tests.cash('P1', 'in', 'chip_purchase', 6000, key => 'c1');
select tests.cash('P1', 'in', 'chip_purchase', 5000, tests.at('21:00'), key => 'c2');
select tests.cash('P1', 'out', 'chip_redemption', 300, tests.at('22:00'), key => 'c3');
select tests.cash('P2', 'in', 'chip_purchase', 400, key => 'c4');
select tests.cash('P2', 'in', 'chip_purchase', 100, tests.at('21:00'), '{"tender": "chips"}', 'c5');
select tests.sign_in('claire');
select compliance.correct_mtl_entry(tests.entry_id('c4'), 450, 'miscounted', 'c6');
select tests.sign_out();
alter table loyalty.loyalty_ledger disable trigger loyalty_ledger_is_append_only;
alter table compliance.mtl_entry disable trigger mtl_entry_is_append_only;
alter table compliance.ctr_case disable trigger all;

create function tests.card(player_id uuid) returns text
language sql
stable
security definer
return (select p.card_no from floor.player as p where p.player_id = card.player_id);

-- Every difference that a reconciliation finds, as card, entry or day, what, expected and actual
-- (hashes are too long to be shown).
create function pg_temp.found() returns text[]
language plpgsql
as $$
declare
  v_result ops.reconciliation_result;
  v_found text[];
begin
  perform tests.sign_in('audrey');
  v_result := ops.reconcile();
  select array_agg(
    format(
      '%s %s %s', tests.card(d.player_id), coalesce(d.entry_no::text, d.gaming_day::text), d.what
    ) || case
      when d.what like '%hash' then ''
      else format(': %s, not %s', d.expected, d.actual)
    end
    order by d.drift_no
  )
  into v_found
  from ops.reconciliation_drift as d
  where d.reconciliation_run_id = (v_result.reconciliation_run).reconciliation_run_id;
  perform tests.sign_out();
  if v_result.drift_found <> coalesce(cardinality(v_found), 0)
    or (v_result.reconciliation_run).drift_found <> v_result.drift_found
  then
    raise exception 'the result does not count what was recorded';
  end if;
  return v_found;
end
$$;

create function pg_temp.found_after(statement text) returns text[]
language plpgsql
as $$
declare
  v_found text[];
begin
  execute statement;
  v_found := pg_temp.found();
  raise exception using errcode = 'TUNDO';
exception when sqlstate 'TUNDO' then
  return v_found;
end
$$;

select is(pg_temp.found_after('select 1'), null::text[], 'untouched: nothing');

-- Standings.
select is(
  pg_temp.found_after($$
    update loyalty.player_loyalty set current_balance = 7
    where player_id = tests.player_id('P1')
  $$),
  array['P1 5 current_balance: 34300, not 7'], 'a balance'
);
select is(
  pg_temp.found_after($$
    update loyalty.player_loyalty set lifetime_points = 35001
    where player_id = tests.player_id('P1')
  $$),
  array['P1 5 lifetime_points: 35000, not 35001'], 'lifetime points'
);
select is(
  pg_temp.found_after($$
    update loyalty.player_loyalty set tier = 'GOLD' where player_id = tests.player_id('P2')
  $$),
  array['P2 2 tier: BRONZE, not GOLD'], 'a tier'
);
select is(
  pg_temp.found_after($$
    update loyalty.player_loyalty set tier_progress = 99 where player_id = tests.player_id('P3')
  $$),
  array['P3 0 tier_progress: 0, not 99'], 'the progress of somebody without entries'
);
select is(
  pg_temp.found_after($$
    update loyalty.player_loyalty set last_entry_no = 6 where player_id = tests.player_id('P1')
  $$),
  array['P1 5 last_entry_no: 5, not 6'], 'the number of the newest entry'
);
select is(
  pg_temp.found_after($$
    update loyalty.player_loyalty set last_entry_hash = sha256('x')
    where player_id = tests.player_id('P2')
  $$),
  array['P2 2 last_entry_hash'], 'the head of a chain'
);
select is(
  pg_temp.found_after($$
    delete from loyalty.player_loyalty where player_id = tests.player_id('P2')
  $$),
  array['P2 2 standing: exists, not is missing'], 'a standing that is gone'
);

-- The rules that awards read, which are nobody's.
select is(
  pg_temp.found_after($$
    update loyalty.terms_in_force set reward_limit = 1000000, free_limit = 4998
    where casino_id = tests.casino_id()
  $$),
  array['  free_limit: 4999, not 4998', '  reward_limit: 10000, not 1000000'], 'a limit'
);
select is(
  pg_temp.found_after($$
    update loyalty.terms_in_force set staff_day_limit = 5 where casino_id = tests.casino_id()
  $$),
  array['  staff_day_limit: , not 5'], 'a limit that the policy hasn''t got'
);
select is(
  (
    pg_temp.found_after($$
      update loyalty.terms_in_force set valid_until = now() + interval '1 day'
      where casino_id = tests.casino_id()
    $$)
  )[1] ~ '^  valid_until: infinity, not ',
  true, 'for how long they hold'
);
select is(
  pg_temp.found_after($$
    delete from loyalty.terms_in_force where casino_id = tests.casino_id()
  $$),
  array['  terms: exists, not is missing'], 'a copy that is gone'
);

-- The ledger.
select is(
  pg_temp.found_after($$
    delete from loyalty.loyalty_ledger where player_id = tests.player_id('P1') and entry_no = 3
  $$),
  array[
    'P1 3 entry: exists, not is missing', 'P1 5 current_balance: 24300, not 34300',
    'P1 5 entries: 5, not 4', 'P1 5 lifetime_points: 25000, not 35000',
    'P1 5 tier_progress: 38, not 63'
  ],
  'an entry taken out of the middle'
);
select is(
  pg_temp.found_after($$
    delete from loyalty.loyalty_ledger where player_id = tests.player_id('P2') and entry_no = 2
  $$),
  array[
    'P2 1 current_balance: 5000, not 4950', 'P2 1 last_entry_hash', 'P2 1 last_entry_no: 1, not 2'
  ],
  'the newest entry'
);
select is(
  pg_temp.found_after($$
    delete from loyalty.loyalty_ledger where player_id = tests.player_id('P2')
  $$),
  array[
    'P2 0 current_balance: 0, not 4950', 'P2 0 last_entry_hash', 'P2 0 last_entry_no: 0, not 2',
    'P2 0 lifetime_points: 0, not 5000', 'P2 0 tier_progress: 0, not 50'
  ],
  'all entries of a player'
);
select is(
  pg_temp.found_after($$
    insert into loyalty.loyalty_ledger
    select (jsonb_populate_record(l, jsonb_build_object(
      'entry_no', 3, 'idempotency_key', 'x', 'balance_before', 4950, 'balance_after', 4900
    ))).*
    from loyalty.loyalty_ledger as l
    where l.player_id = tests.player_id('P2') and l.entry_no = 2
  $$),
  array[
    'P2 3 current_balance: 4900, not 4950', 'P2 3 entry_hash', 'P2 3 last_entry_no: 3, not 2',
    'P2 3 previous_hash'
  ],
  'an entry that nobody posted'
);
select is(
  pg_temp.found_after($$
    update loyalty.loyalty_ledger
    set points_change = points_change + 1, balance_after = balance_after + 1
    where player_id = tests.player_id('P1') and entry_no = 4
  $$),
  array[
    'P1 4 entry_hash', 'P1 5 balance_before: 35001, not 35000',
    'P1 5 current_balance: 34301, not 34300', 'P1 5 lifetime_points: 35001, not 35000'
  ],
  'points that were changed'
);
select is(
  pg_temp.found_after($$
    update loyalty.loyalty_ledger
    set points_change = points_change + 1, balance_after = balance_after + 1
    where player_id = tests.player_id('P1') and entry_no in (2, 4);
    update loyalty.loyalty_ledger
    set points_change = points_change - 2, balance_after = balance_after - 2
    where player_id = tests.player_id('P1') and entry_no = 3
  $$),
  array[
    'P1 2 entry_hash', 'P1 3 balance_before: 20001, not 20000', 'P1 3 entry_hash',
    'P1 4 balance_before: 29998, not 30000', 'P1 4 entry_hash',
    'P1 5 balance_before: 35001, not 35000'
  ],
  'points that were moved among entries, so that the sum is right'
);
select is(
  pg_temp.found_after($$
    update loyalty.loyalty_ledger set entry_no = 99
    where player_id = tests.player_id('P1') and entry_no = 2;
    update loyalty.loyalty_ledger set entry_no = 2
    where player_id = tests.player_id('P1') and entry_no = 3;
    update loyalty.loyalty_ledger set entry_no = 3
    where player_id = tests.player_id('P1') and entry_no = 99
  $$),
  array[
    'P1 2 balance_before: 10000, not 20000', 'P1 2 entry_hash', 'P1 2 previous_hash',
    'P1 3 balance_before: 30000, not 10000', 'P1 3 entry_hash', 'P1 3 previous_hash',
    'P1 4 balance_before: 20000, not 30000', 'P1 4 previous_hash'
  ],
  'two entries that changed places'
);
select is(
  pg_temp.found_after($$
    update loyalty.loyalty_ledger
    set entry_hash = set_byte(entry_hash, 3, 255 - get_byte(entry_hash, 3))
    where player_id = tests.player_id('P1') and entry_no = 3
  $$),
  array['P1 3 entry_hash', 'P1 4 previous_hash'], 'one byte of a hash'
);
select is(
  pg_temp.found_after($$
    update loyalty.loyalty_ledger set player_id = tests.player_id('P3'), entry_no = 1
    where player_id = tests.player_id('P2') and entry_no = 1
  $$),
  array[
    'P2 1 entry: exists, not is missing', 'P2 2 current_balance: -50, not 4950',
    'P2 2 entries: 2, not 1', 'P2 2 lifetime_points: 0, not 5000', 'P2 2 tier_progress: 0, not 50',
    'P3 1 current_balance: 5000, not 0', 'P3 1 entry_hash', 'P3 1 last_entry_hash',
    'P3 1 last_entry_no: 1, not 0', 'P3 1 lifetime_points: 5000, not 0',
    'P3 1 tier_progress: 50, not 0'
  ],
  'an entry given to somebody else'
);

-- The cash log.
select is(
  pg_temp.found_after($$
    update compliance.patron_gaming_day set cash_in = 10999
    where patron_id = tests.patron_id('P1')
  $$),
  array['P1 2025-03-03 cash_in: 11000.00, not 10999.00'], 'a total'
);
select is(
  pg_temp.found_after($$
    update compliance.patron_gaming_day set entries_out = 2
    where patron_id = tests.patron_id('P1')
  $$),
  array['P1 2025-03-03 entries_out: 1, not 2'], 'a number of entries'
);
select is(
  pg_temp.found_after($$
    delete from compliance.patron_gaming_day where patron_id = tests.patron_id('P2')
  $$),
  array['P2 2025-03-03 day: exists, not is missing'], 'a total that is gone'
);
select is(
  pg_temp.found_after($$
    insert into compliance.patron_gaming_day (casino_id, patron_id, gaming_day, cash_out)
    values (tests.casino_id(), tests.patron_id('P2'), '2025-03-04', 70)
  $$),
  array['P2 2025-03-04 cash_out: 0.00, not 70.00'], 'a total of nothing'
);
select is(
  pg_temp.found_after($$
    delete from compliance.mtl_entry where entry_id = tests.entry_id('c3')
  $$),
  array[
    'P1 2025-03-03 cash_out: 0.00, not 300.00', 'P1 2025-03-03 entries_out: 0, not 1',
    'P1 2025-03-03 entry: exists, not is missing'
  ],
  'cash that was taken out of the log'
);
select is(
  pg_temp.found_after($$
    delete from compliance.mtl_entry where entry_id = tests.entry_id('c5')
  $$),
  array['P2 2025-03-03 entry: exists, not is missing'],
  'an entry that no sum misses, because it was no currency'
);
select is(
  pg_temp.found_after($$
    delete from compliance.mtl_entry where entry_id = tests.entry_id('c6', 'replacement')
  $$),
  array[
    'P2 2025-03-03 cash_in: 0.00, not 450.00', 'P2 2025-03-03 entries_in: 0, not 1',
    'P2 2025-03-03 replacement: 450.00, not is missing'
  ],
  'what was right instead'
);
select is(
  pg_temp.found_after($$
    insert into compliance.mtl_entry
    select (jsonb_populate_record(e, jsonb_build_object(
      'entry_id', uuidv7(), 'idempotency_key', 'x'
    ))).*
    from compliance.mtl_entry as e
    where e.entry_id = tests.entry_id('c3')
  $$),
  array[
    'P1 2025-03-03 cash_out: 600.00, not 300.00', 'P1 2025-03-03 entries_out: 2, not 1',
    'P1 2025-03-03 entry: is missing, not exists'
  ],
  'cash that nobody entered'
);
select is(
  pg_temp.found_after($$
    update compliance.mtl_entry set amount = 310, cash_out = 310
    where entry_id = tests.entry_id('c3')
  $$),
  array[
    'P1 2025-03-03 cash_out: 310.00, not 300.00', 'P1 2025-03-03 amount: 300.00, not 310.00'
  ],
  'an amount'
);
select is(
  pg_temp.found_after($$
    update compliance.mtl_entry set gaming_day = '2025-03-04'
    where entry_id = tests.entry_id('c3')
  $$),
  array[
    'P1 2025-03-03 cash_out: 0.00, not 300.00', 'P1 2025-03-03 entries_out: 0, not 1',
    'P1 2025-03-03 gaming_day: 2025-03-03, not 2025-03-04',
    'P1 2025-03-04 day: exists, not is missing'
  ],
  'a gaming day'
);
select is(
  pg_temp.found_after($$
    delete from compliance.ctr_case where patron_id = tests.patron_id('P1')
  $$),
  array['P1 2025-03-03 case: open, not is missing'], 'a case that is gone'
);
select is(
  pg_temp.found_after($$
    update compliance.ctr_case set state = 'closed', closed_reason = 'x'
    where patron_id = tests.patron_id('P1')
  $$),
  array['P1 2025-03-03 case: open, not closed'], 'a case that somebody closed'
);
select is(
  pg_temp.found_after($$
    insert into compliance.ctr_case (
      casino_id, patron_id, origin_patron_id, gaming_day, correlation_id
    )
    values (
      tests.casino_id(), tests.patron_id('P2'), tests.patron_id('P2'), '2025-03-05', 'x'
    )
  $$),
  array['P2 2025-03-05 case: closed, not open'], 'a case without its days'
);
select is(
  pg_temp.found_after($$
    update compliance.ctr_case set gaming_day = '2025-03-06'
    where patron_id = tests.patron_id('P1')
  $$),
  array[
    'P1 2025-03-03 case: open, not is missing', 'P1 2025-03-06 case: closed, not open'
  ],
  'a case of another day'
);

-- What only recomputing shows.
select is(
  (
    select count(*) from generate_series(1, 64) as r (run_no)
    where pg_temp.found() is not null
  ),
  0::bigint, 'within 64 runs every hash is recomputed: all of them fit'
);
update loyalty.loyalty_ledger set reason = 'points to begin wjth'
where player_id = tests.player_id('P1') and entry_no = 2;
select results_eq(
  $$
    select f.found
    from generate_series(1, 64) as r (run_no)
    cross join lateral (select pg_temp.found() where r.run_no > 0) as f (found)
    where f.found is not null
  $$,
  $$ values (array['P1 2 entry_hash']) $$,
  'one byte of an old entry''s reason, in one of them'
);

select * from finish();
rollback;
