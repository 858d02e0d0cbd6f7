begin;
set local search_path to pgtap, public;
select plan(17);

select tests.casino('TKEYS');
select tests.person('sup', 'floor_supervisor');
select tests.person('other', 'floor_supervisor');
select tests.player('P1');
select tests.player('P2');

create function tests.give(
  card text default 'P1', points bigint default 100, reason text default 'birthday present',
  key text default 'key-1', slip uuid default null
) returns text
language sql
return tests.refusal(
  format(
    'select loyalty.manual_reward(%L, %L, %L, %L, %L)',
    tests.player_id(card), points, reason, key, slip
  )
);

select tests.sign_in('sup');

select is(tests.give(), 'nothing', 'the first use of the key');
select is(tests.give(), 'nothing', 'the same again is replayed');
select is(tests.give(card => 'P2'), 'IDEMPOTENCY_CONFLICT', 'the key for another player');
select is(tests.give(points => 101), 'IDEMPOTENCY_CONFLICT', 'for other points');
select is(tests.give(reason => 'wedding present'), 'IDEMPOTENCY_CONFLICT', 'another reason');
select is(
  tests.give(slip => gen_random_uuid()), 'IDEMPOTENCY_CONFLICT', 'or another slip'
);
select is(
  tests.refusal($$ select loyalty.manual_reward(null, null, null, 'key-1') $$),
  'IDEMPOTENCY_CONFLICT', 'the key is asked before anything else is checked'
);
select is(
  tests.refusal($$ select loyalty.manual_reward(tests.player_id('P1'), 1, 'ten letters') $$),
  '42883', 'there is no award without a key'
);
select is(tests.give(key => null), 'INVALID_IDEMPOTENCY_KEY', 'null is no key');
select is(tests.give(key => '  '), 'INVALID_IDEMPOTENCY_KEY', 'blanks are no key');
select is(tests.give(key => repeat('k', 200)), 'nothing', '200 characters are a key');
select is(tests.give(key => repeat('k', 201)), 'INVALID_IDEMPOTENCY_KEY', '201 are none');
select is(
  tests.give(key => 'pit:slip:' || gen_random_uuid()), 'INVALID_IDEMPOTENCY_KEY',
  'nobody can take a slip''s key in advance'
);
select tests.sign_in('other');
select is(tests.give(), 'nothing', 'a colleague repeating the request gets its result');
select is((tests.standing('P1')).current_balance, 200::bigint, 'two awards were made in all');
select is((tests.standing('P2')).current_balance, 0::bigint, 'and none to the other player');

select tests.sign_out();
select tests.casino('TKEY2');
select tests.person('there', 'floor_supervisor');
select tests.player('P1');
select tests.sign_in('there');
select is(tests.give(points => 5), 'nothing', 'another casino has keys of its own');

select * from finish();
rollback;
