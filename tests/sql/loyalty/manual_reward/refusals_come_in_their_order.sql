begin;
set local search_path to pgtap, public;
select plan(20);

select tests.casino('TORDR');
select tests.person('sup', 'floor_supervisor');
select tests.person('cash', 'cashier');
select tests.player('P1');
select tests.player('P2');
select tests.seat('P1', 'T1', 1);
select tests.seat('P2', 'T1', 2);
select tests.happens('closes', now(), 'slip_closed', '{"card": "P2"}');

create function tests.give(
  player_id uuid default tests.player_id('P1'), points bigint default 100,
  reason text default 'birthday present', key text default gen_random_uuid()::text,
  slip uuid default null
) returns text
language sql
return tests.refusal(
  format('select loyalty.manual_reward(%L, %L, %L, %L, %L)', player_id, points, reason, key, slip)
);

select set_config('role', 'pit_staff', true);
select is(
  tests.give(gen_random_uuid(), 0, '', '', gen_random_uuid()), 'UNAUTHORIZED',
  'first: is anybody signed in'
);
select tests.sign_in('cash');
select is(
  tests.give(gen_random_uuid(), 0, '', '', gen_random_uuid()), 'FORBIDDEN',
  'second: may they award'
);
select tests.sign_in('sup');
select is(
  tests.give(gen_random_uuid(), 0, '', '', gen_random_uuid()), 'INVALID_IDEMPOTENCY_KEY',
  'third: the key'
);
select is(
  tests.give(gen_random_uuid(), 0, '', slip => gen_random_uuid()), 'PLAYER_NOT_FOUND',
  'then the player'
);
select is(tests.give(null), 'PLAYER_NOT_FOUND', 'nobody is no player');
select is(
  tests.give(points => 0, reason => '123456789', slip => gen_random_uuid()),
  'REASON_REQUIRED', 'the reason'
);
select is(tests.give(reason => null), 'REASON_REQUIRED', 'none is too short');
select is(
  tests.give(reason => '  123456789      '), 'REASON_REQUIRED', 'blanks around it don''t count'
);
select is(
  tests.give(reason => e'\n\t 123456789 \n\n'), 'REASON_REQUIRED', 'nor do line breaks'
);
select is(tests.give(reason => '1234567890'), 'nothing', '10 characters are enough');
select is(
  tests.give(points => 0, slip => gen_random_uuid()), 'INVALID_POINTS', 'the points'
);
select is(tests.give(points => -5), 'INVALID_POINTS', 'a reward takes nothing away');
select is(tests.give(points => null), 'INVALID_POINTS', 'no points');
select is(
  tests.give(points => 10001, slip => gen_random_uuid()), 'REWARD_EXCEEDS_LIMIT', 'the limit'
);
select is(tests.give(slip => gen_random_uuid()), 'RATING_SLIP_NOT_FOUND', 'the slip');
select is(
  tests.give(slip => tests.slip_id('P2')), 'RATING_SLIP_NOT_FOUND', 'another player''s slip'
);
select is(
  tests.give(tests.player_id('P2'), slip => tests.slip_id('P2')), 'RATING_SLIP_NOT_OPEN',
  'a closed slip'
);
select is(tests.give(slip => tests.slip_id('P1')), 'nothing', 'an open slip is fine');
select floor.pause_rating_slip(tests.slip_id('P1'), null, 'pause');
select is(tests.give(slip => tests.slip_id('P1')), 'nothing', 'so is a paused one');
select is(
  tests.refusal_details($$
    select loyalty.manual_reward(tests.player_id('P1'), 10001, 'too much of it', 'k')
  $$),
  '{"limit": 10000}', 'the limit is said to programs too'
);

select * from finish();
rollback;
