-- A member of staff may set any setting; only what the database looks up counts.

begin;
set local search_path to pgtap, public;
select plan(13);

select tests.casino('TFRGA');
select set_config('tests.a', tests.person('anna', 'pit_boss'), true);
select set_config('tests.casino_a', tests.casino_id()::text, true);
select tests.player('A1', 100);
select tests.casino('TFRGB');
select tests.person('bert', 'pit_boss');
select tests.player('B1', 100);
select set_config('tests.player_a', (
  select p.player_id::text from floor.player as p
  where p.casino_id = current_setting('tests.casino_a')::integer
), true);

create function tests.players() returns text
language sql
return (select string_agg(p.card_no, ',' order by p.card_no) from floor.player as p);
create function tests.reward_a(key text) returns text
language sql
return tests.refusal(
  format(
    'select loyalty.manual_reward(%L, 5, %L, %L)', current_setting('tests.player_a'),
    'a present for A', key
  )
);

select tests.sign_in('bert');
select is(tests.players(), 'B1', 'one sees one''s own casino');
select is(tests.reward_a('k1'), 'PLAYER_NOT_FOUND', 'and can''t reach the other''s players');

select set_config('pit.casino', current_setting('tests.casino_a'), true);
select is(tests.players(), 'B1', 'the other''s number in pit.casino shows nothing more');
select is(tests.reward_a('k2'), 'PLAYER_NOT_FOUND', 'nor does it reach anything');
select is(
  tests.refusal($$ select identity._casino() $$), '42501', 'nor is it read by anybody else'
);
select set_config(
  'pit.session',
  current_setting('tests.casino_a') || '.'
    || split_part(current_setting('tests.session_bert'), '.', 2),
  true
);
select is(
  tests.refusal($$ select tests.players() $$), 'UNAUTHORIZED',
  'one''s own token under the other''s number is no session'
);
select is(tests.reward_a('k3'), 'UNAUTHORIZED', 'nor for commands');
select set_config('pit.session', '1.' || repeat('0', 64), true);
select is(tests.reward_a('k3'), 'UNAUTHORIZED', 'a guessed token');
select set_config('pit.session', current_setting('tests.casino_a') || '.' || repeat('x', 64), true);
select is(tests.reward_a('k3'), 'UNAUTHORIZED', 'a broken one');
select set_config('pit.session', '99999999999999.' || repeat('0', 64), true);
select is(tests.reward_a('k3'), 'UNAUTHORIZED', 'a huge number');
select set_config('pit.session', '', true);
select is(tests.reward_a('k3'), 'UNAUTHORIZED', 'none');
select is(
  tests.refusal($$ select tests.players() $$), 'UNAUTHORIZED',
  'without a session reading is refused, not empty'
);
select tests.sign_out();
select is(
  (select count(*)::integer from loyalty.loyalty_ledger as l
    where l.casino_id = current_setting('tests.casino_a')::integer),
  1, 'nothing was written to the other casino'
);

select * from finish();
rollback;
