begin;
set local search_path to pgtap, public;
select plan(16);

select tests.casino('TREAC');
select tests.person('ann', 'pit_boss');
select tests.player('A1', 500);
select tests.seat('A1');
select set_config('tests.player_a', tests.player_id('A1')::text, true);
select set_config('tests.visit_a', tests.visit_id('A1')::text, true);
select set_config('tests.slip_a', tests.slip_id('A1')::text, true);
select set_config('tests.table_a', tests.table_id('T2')::text, true);
create function tests.a(what text) returns uuid
language sql
return current_setting('tests.' || what || '_a')::uuid;

select tests.casino('TREAD');
select tests.player('B1', 500);
select tests.seat('B1');
select tests.person('bob', 'pit_boss');
insert into identity.staff_permission (casino_id, staff_id, capability, granted)
select s.casino_id, s.staff_id, c.name, true
from identity.staff as s
cross join (values ('loyalty:reverse'), ('import:run')) as c (name)
where s.casino_id = tests.casino_id() and s.username = 'bob';
select tests.sign_in('bob');

select throws_ok(
  $$ select floor.open_visit(tests.a('player'), null, 'k') $$, 'RSPLR', null, 'visit'
);
select throws_ok(
  $$ select floor.close_visit(tests.a('visit'), null, 'k') $$, 'RSVIS', null, 'leave'
);
select throws_ok(
  $$ select floor.start_rating_slip(tests.a('visit'), tests.table_id('T2'), 1, 5, null, 'k') $$,
  'RSVIS', null, 'start in their visit'
);
select throws_ok(
  $$ select floor.move_player(tests.slip_id('B1'), tests.a('table'), 1, 5, null, 'k') $$,
  'RSTNF', null, 'move to their table'
);
select throws_ok(
  $$ select floor.move_player(tests.a('slip'), tests.table_id('T2'), 1, 5, null, 'k') $$,
  'RSNFD', null, 'move their slip'
);
select throws_ok(
  $$ select floor.record_bet(tests.a('slip'), 5, null, 'k') $$, 'RSNFD', null, 'bet'
);
select throws_ok(
  $$ select floor.pause_rating_slip(tests.a('slip'), null, 'k') $$, 'RSNFD', null, 'pause'
);
select throws_ok(
  $$ select floor.resume_rating_slip(tests.a('slip'), null, 'k') $$, 'RSNFD', null, 'resume'
);
select throws_ok(
  $$ select floor.complete_rating_slip(tests.a('slip')) $$, 'RSNFD', null, 'complete'
);
select throws_ok(
  $$ select loyalty.recover_slip_loyalty(tests.a('slip')) $$, 'RSNFD', null, 'recover'
);
select throws_ok(
  $$ select loyalty.manual_reward(tests.a('player'), 5, 'a present for you', 'k') $$,
  'RSPLR', null, 'reward'
);
select throws_ok(
  $$
    select loyalty.manual_reward(tests.player_id('B1'), 5, 'a big present', 'k', tests.a('slip'))
  $$,
  'RSNFD', null, 'reward on their slip'
);
select throws_ok(
  $$ select loyalty.redeem(tests.a('player'), 5, 'x', 'k') $$, 'RSPLR', null, 'redeem'
);
select throws_ok(
  $$ select loyalty.reverse_entry(tests.a('player'), 1, 'x', 'k') $$, 'RSPLR', null, 'reverse'
);
select is(
  tests.happens('k', now(), 'bet_observed', '{"card": "A1", "average_bet": 5}'),
  'RATING_SLIP_NOT_OPEN', 'an event with their card'
);
select tests.sign_out();
select results_eq(
  $$
    select s.state, s.last_event_no, p.current_balance
    from floor.rating_slip as s
    join loyalty.player_loyalty as p using (casino_id, player_id)
    where s.rating_slip_id = tests.a('slip')
  $$,
  $$ values ('open', 1, 500::bigint) $$,
  'their slip and balance are untouched'
);

select * from finish();
rollback;
