begin;
set local search_path to pgtap, public;
select plan(13);

select tests.casino('TWIN2');
select tests.person('other', 'marketing');
select tests.casino('TWINS');
select tests.person('host', 'marketing');
select tests.person('sup', 'floor_supervisor');
select tests.player('P1');
select tests.player('P2');

-- P1 plays 90 minutes from 10:30 for 100, of which the last half hour for 300; P2 plays one hour
-- from 12:00 for 50, away in the second half of it.
select tests.happens('v1', tests.at('10:30'), 'visit_opened', '{"card": "P1"}');
select tests.happens(
  's1', tests.at('10:30'), 'slip_opened',
  '{"card": "P1", "table": "T1", "seat": 1, "average_bet": 100}'
);
select tests.happens('b1', tests.at('11:30'), 'bet_observed', '{"card": "P1", "average_bet": 300}');
select tests.happens('c1', tests.at('12:00'), 'slip_closed', '{"card": "P1"}');
select tests.happens('v2', tests.at('12:00'), 'visit_opened', '{"card": "P2"}');
select tests.happens(
  's2', tests.at('12:00'), 'slip_opened',
  '{"card": "P2", "table": "T1", "seat": 2, "average_bet": 50}'
);
select tests.happens('p2', tests.at('12:30'), 'slip_paused', '{"card": "P2"}');
select tests.happens('c2', tests.at('13:00'), 'slip_closed', '{"card": "P2"}');

create function tests.wins(by text) returns text
language sql
return (
  select string_agg(
    format(
      '%s: %s slips %s s at %s won %s', w.code, w.slips, w.played_seconds, w.average_bet,
      w.theoretical_win
    ),
    ' / ' order by w.place
  )
  from loyalty.theoretical_win('2025-03-03', '2025-03-03', by) as w
);

select tests.sign_in('host');
select is(
  tests.wins('hour'),
  '10: 1 slips 1800 s at 100.00 won 81.00 / 11: 1 slips 3600 s at 200.00 won 324.00'
  ' / 12: 1 slips 1800 s at 50.00 won 40.50',
  'by the hour in which it was played, each bet for its time, pauses left out'
);
select is(
  tests.wins('day'), '2025-03-03: 2 slips 7200 s at 137.50 won 445.50', 'by gaming day'
);
select matches(tests.wins('game'), '^\S+: 2 slips 7200 s at 137.50 won 445.50$', 'by game');
select matches(tests.wins('table'), '^T1: 2 slips 7200 s at 137.50 won 445.50$', 'by table');
select is_empty(
  $$ select loyalty.theoretical_win('2025-03-04', '2025-03-05', 'hour') $$,
  'other days have nothing'
);
select throws_ok(
  $$ select loyalty.theoretical_win('2025-03-04', '2025-03-03') $$, 'LYPRD', null,
  'a period ends after it begins'
);
select throws_ok(
  $$ select loyalty.theoretical_win('2024-01-01', '2025-03-03') $$, 'LYPRD', null,
  'and has at most 400 days'
);
select throws_ok(
  $$ select loyalty.theoretical_win('2025-03-03', '2025-03-03', 'dealer') $$, 'LYPRD', null,
  'a way to look at it that there is not'
);
select tests.sign_in('sup');
select throws_ok(
  $$ select loyalty.theoretical_win() $$, 'IDFRB', null, 'loyalty:view_all is needed'
);
select tests.sign_out();
select throws_ok($$ select loyalty.theoretical_win() $$, 'IDUNA', null, 'and a session');
select tests.sign_in('other');
select is_empty(
  $$ select loyalty.theoretical_win('2025-03-03', '2025-03-03') $$, 'another casino sees nothing'
);

select tests.sign_out();
select tests.casino('TWIN4');
select tests.person('late', 'marketing');
select tests.player('P4');
select tests.happens('v4', tests.at('23:30'), 'visit_opened', '{"card": "P4"}');
select tests.happens(
  's4', tests.at('23:30'), 'slip_opened',
  '{"card": "P4", "table": "T1", "seat": 1, "average_bet": 100}'
);
select tests.happens('c4', tests.at('23:30') + interval '1 hour', 'slip_closed', '{"card": "P4"}');
select tests.sign_in('late');
select results_eq(
  $$
    select w.place, w.code
    from loyalty.theoretical_win('2025-03-03', '2025-03-03', 'hour') as w
  $$,
  $$ values (1, '23'), (2, '00') $$,
  'hours come as the gaming day has them'
);

select tests.sign_out();
select tests.casino('TWIN3');
select tests.person('now', 'marketing');
select tests.player('P9');
select tests.seat('P9', 'T1', 1, 100, '1 hour');
select tests.sign_in('now');
select results_eq(
  $$
    select sum(w.played_seconds), sum(w.slips) >= 1
    from loyalty.theoretical_win(null, null, 'game') as w
  $$,
  $$ values (3600::numeric, true) $$,
  'a slip that runs counts until now'
);

select * from finish();
rollback;
