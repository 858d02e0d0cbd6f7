-- Clocks differ by up to a minute; whoever gives no time means "after what is there".

begin;
set local search_path to pgtap, public;
select plan(5);

select tests.casino('TEARL');
select tests.person('sup', 'floor_supervisor');
select tests.player('P1');
select tests.seat('P1', 'T1', 1, 10, '10 minutes');
select tests.happens(
  'ahead', now() + interval '30 seconds', 'bet_observed', '{"card": "P1", "average_bet": 20}'
);
select tests.sign_in('sup');
select is(
  ((floor.pause_rating_slip(tests.slip_id('P1'), null, 'k1')).rating_slip).last_event_at,
  now() + interval '30 seconds', 'a pause comes at the last event'
);
select is(
  ((floor.record_bet(tests.slip_id('P1'), 30, null, 'k2')).rating_slip).current_bet, 30.00, 'a bet'
);
select is(
  ((floor.resume_rating_slip(tests.slip_id('P1'), null, 'k3')).rating_slip).state, 'open',
  'a resumption'
);
select is(
  ((
    floor.move_player(tests.slip_id('P1'), tests.table_id('T1'), 2, 10, null, 'k4')
  ).rating_slip).opened_at,
  now() + interval '30 seconds', 'a move'
);
select is(
  (floor.complete_rating_slip(tests.slip_id('P1'))).outcome, 'awarded', 'and a completion'
);

select * from finish();
rollback;
