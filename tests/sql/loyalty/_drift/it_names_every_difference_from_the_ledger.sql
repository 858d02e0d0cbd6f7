begin;
set local search_path to pgtap, public;
select plan(9);

select tests.casino('TDRIF');
select tests.person('boss', 'pit_boss');
select tests.person('mark', 'marketing');
select tests.player('P1', 15000);
select tests.player('P2');
select tests.sign_in('boss');
select loyalty.redeem(tests.player_id('P1'), 700, 'dinner for two', 'k1');
select tests.sign_in('mark');
select loyalty.reverse_entry(tests.player_id('P1'), 2, 'given by mistake', 'k2');
select loyalty.reverse_entry(tests.player_id('P1'), 3, 'not taken', 'k3');
select tests.sign_out();
select set_config('pit.casino', tests.casino_id()::text, true);
alter table loyalty.loyalty_ledger disable trigger loyalty_ledger_is_append_only;

create function pg_temp.drift_after(statement text) returns text[]
language plpgsql
as $$
declare
  v_found text[];
begin
  execute statement;
  select array_agg(
    format('%s %s: %s, not %s', d.entry_no, d.what, d.expected, d.actual) order by d.what
  )
  into v_found
  from loyalty._drift() as d
  where d.what <> 'last_entry_hash';
  raise exception using errcode = 'TUNDO';
exception when sqlstate 'TUNDO' then
  return v_found;
end
$$;

select is_empty('select * from loyalty._drift()', 'after awards, a redemption and reversals: none');
select is(
  pg_temp.drift_after($$
    update loyalty.player_loyalty set current_balance = 7
    where last_entry_no > 0
  $$),
  array['5 current_balance: 10000, not 7'], 'a balance'
);
select is(
  pg_temp.drift_after($$
    update loyalty.player_loyalty set lifetime_points = 10001
    where last_entry_no > 0
  $$),
  array['5 lifetime_points: 10000, not 10001'], 'lifetime points'
);
select is(
  pg_temp.drift_after($$
    update loyalty.player_loyalty set tier = 'GOLD', tier_progress = 99
    where last_entry_no = 0
  $$),
  array['0 tier: BRONZE, not GOLD', '0 tier_progress: 0, not 99'], 'tier and progress'
);
select is(
  pg_temp.drift_after($$
    update loyalty.player_loyalty set last_entry_no = 6
    where last_entry_no > 0
  $$),
  array['5 last_entry_no: 5, not 6'], 'the number of the newest entry'
);
select is_empty(
  $$ select * from loyalty._drift(tests.player_id('P1')) $$, 'one player alone: none'
);
update loyalty.player_loyalty set last_entry_hash = sha256('x')
where player_id = tests.player_id('P2');
select results_eq(
  $$ select d.player_id, d.entry_no, d.what from loyalty._drift() as d $$,
  $$ values (tests.player_id('P2'), 0::bigint, 'last_entry_hash') $$,
  'the head of the chain'
);
select is(
  pg_temp.drift_after($$ delete from loyalty.loyalty_ledger where entry_no = 2 $$),
  array[
    '5 current_balance: 5000, not 10000', '5 entries: 5, not 4',
    '5 lifetime_points: 5000, not 10000', '5 tier: BRONZE, not SILVER',
    '5 tier_progress: 50, not 0'
  ],
  'a missing entry'
);
select set_config('pit.casino', '', true);
select is_empty('select * from loyalty._drift()', 'outside a call there is nobody to look at');

select * from finish();
rollback;
