begin;
set local search_path to pgtap, public;
select plan(10);

select tests.casino('TADDS');
select tests.player('P1', 100);

create function pg_temp.append(changes jsonb) returns void
language sql
begin atomic
  insert into loyalty.loyalty_ledger
  select (jsonb_populate_record(
    e,
    '{
      "entry_no": 2, "balance_before": 100, "balance_after": 200, "idempotency_key": "another"
    }'::jsonb || changes
  )).*
  from tests.entries('P1') as e
  limit 1;
end;

select lives_ok($$ select pg_temp.append('{}') $$, 'an entry that adds up can be appended');
select throws_ok(
  $$ select pg_temp.append('{"entry_no": 3, "idempotency_key": "k", "balance_after": 201}') $$,
  '23514', null, 'balance_after = balance_before + points_change'
);
select throws_ok(
  $$ select pg_temp.append('{
    "entry_no": 3, "idempotency_key": "k", "points_change": 0, "balance_after": 100
  }') $$,
  '23514', null, 'a change of 0 points is no entry'
);
select throws_ok(
  $$ select pg_temp.append('{
    "entry_no": 3, "idempotency_key": "k", "points_change": -101, "balance_after": -1
  }') $$,
  '23514', null, 'the balance never goes below 0'
);
select throws_ok(
  $$ select pg_temp.append('{"entry_no": 0, "idempotency_key": "k"}') $$,
  '23514', null, 'entries count from 1'
);
select throws_ok(
  $$ select pg_temp.append('{"entry_no": 2, "idempotency_key": "k"}') $$,
  '23505', null, 'a number is used once'
);
select throws_ok(
  $$ select pg_temp.append('{"entry_no": 3, "idempotency_key": "another"}') $$,
  '23505', null, 'a key is used once'
);
select throws_ok(
  $$ select pg_temp.append('{"entry_no": 3, "idempotency_key": "k", "reverses_entry_no": 1}') $$,
  '23514', null, 'only a reversal names what it reverses'
);
select throws_ok(
  $$ select pg_temp.append('{
    "entry_no": 3, "idempotency_key": "k", "transaction_type": "REVERSAL"
  }') $$,
  '23514', null, 'and a reversal must'
);
select throws_ok(
  $$ select pg_temp.append('{
    "entry_no": 3, "idempotency_key": "k", "transaction_type": "GIFT"
  }') $$,
  '23514', null, 'the kinds of entries are known'
);

select * from finish();
rollback;
