begin;
set local search_path to pgtap, public;
select plan(8);

select tests.casino('TRATE');
select tests.player('P1');
select tests.player('P2');
select tests.happens('v', tests.at('05:00'), 'visit_opened', '{"card": "P1"}');
select tests.happens(
  'o', tests.at('05:50'), 'slip_opened',
  '{"card": "P1", "table": "T1", "seat": 1, "average_bet": 100}'
);
select tests.happens('p', tests.at('06:05'), 'slip_paused', '{"card": "P1"}');
select tests.happens('r', tests.at('06:20'), 'slip_resumed', '{"card": "P1"}');
select tests.happens(
  'm', tests.at('06:30'), 'moved', '{"card": "P1", "table": "T2", "seat": 1, "average_bet": 9}'
);
select tests.happens('c', tests.at('06:40'), 'slip_closed', '{"card": "P1"}');
select tests.seat('P2', since => '10 minutes');

create function tests.rated(card text, since timestamptz, until timestamptz) returns numeric
language sql
return round(floor._rated_seconds(tests.player_id(card), since, until));

select set_config('pit.casino', tests.casino_id()::text, true);
set local role compliance_service;
select is(
  tests.rated('P1', tests.at('04:00'), tests.at('08:00')), 35 * 60::numeric,
  'all of it, without the pause, over both slips'
);
select is(
  tests.rated('P1', tests.at('06:00'), tests.at('08:00')), 25 * 60::numeric,
  'a slip that began before counts from the beginning of the stretch'
);
select is(
  tests.rated('P1', tests.at('04:00'), tests.at('06:00')), 10 * 60::numeric,
  'and until its end'
);
select is(
  tests.rated('P1', tests.at('06:06'), tests.at('06:19')), 0::numeric, 'a pause is no play'
);
select is(
  tests.rated('P1', tests.at('07:00'), tests.at('08:00')), 0::numeric, 'nor is what is over'
);
select is(
  tests.rated('P2', now() - interval '1 day', now() + interval '1 day'), 10 * 60::numeric,
  'a slip that runs counts until now'
);
reset role;
set local role loyalty_service;
select is(
  tests.refusal($$ select floor._rated_seconds(gen_random_uuid(), now(), now()) $$), '42501',
  'compliance alone asks'
);
reset role;
select set_config('pit.casino', '', true);
set local role compliance_service;
select is(
  tests.rated('P1', tests.at('04:00'), tests.at('08:00')), 0::numeric,
  'outside of a call there is no player'
);
reset role;

select * from finish();
rollback;
