-- Later settings, policies and seats change nothing for a slip that runs.

begin;
set local search_path to pgtap, public;
select plan(5);

select tests.casino('TSNAP');
select tests.player('P1');
select tests.player('P2');
select tests.person('boss', 'pit_boss');
select tests.seat('P1', 'T1', 1, 100, '1 hour');

select results_eq(
  $$
    select r.changed
    from ops.load_casino(tests.property('TSNAP', '{
      "policy": "theo",
      "games": [{
        "code": "golden", "name": "Golden", "house_edge": 10, "decisions_per_hour": 600,
        "seats": 3
      }, {
        "code": "craps", "name": "Craps", "house_edge": 1.58, "decisions_per_hour": 48,
        "seats": 14
      }]
    }')) as r
  $$,
  $$ values (true) $$,
  'the property changes game and policy'
);
select tests.sign_in('boss');
select is(
  (floor.complete_rating_slip(tests.slip_id('P1'))).points, 1620::bigint,
  'the running slip earns what it promised'
);
select tests.sign_out();
select tests.happens('visit', now(), 'visit_opened', '{"card": "P2"}');
select tests.happens(
  'slip', now(), 'slip_opened', '{"card": "P2", "table": "T1", "seat": 1, "average_bet": 100}'
);
select results_eq(
  $$
    select g.house_edge, p.name
    from floor.rating_slip as s
    join floor.game_settings as g using (casino_id, game_settings_id)
    join loyalty.loyalty_policy as p using (casino_id, loyalty_policy_id)
    where s.casino_id = tests.casino_id()
    order by s.rating_slip_id
  $$,
  $$ values (2.7::numeric, 'pt1'), (10::numeric, 'theo') $$,
  'the next slip takes the new ones'
);
select is(
  tests.happens('earlier', tests.at('09:00'), 'visit_opened', '{"card": "P1"}'), 'applied',
  'a slip of the past'
);
select tests.happens(
  'past', tests.at('10:00'), 'slip_opened',
  '{"card": "P1", "table": "T2", "seat": 1, "average_bet": 100}'
);
select is(
  (
    select g.house_edge
    from floor.game_settings as g
    where g.casino_id = tests.casino_id()
      and g.game_settings_id = (tests.slip('P1')).game_settings_id
  ),
  2.7::numeric, 'takes what was in force then'
);

select * from finish();
rollback;
