-- Leaving a table ends what rides there, once, for the person, and nowhere else.

begin;
set local search_path to pgtap, public;
select plan(17);

select tests.casino('LEAVE');
select tests.person('carl', 'cashier');
select tests.person('mark', 'marketing');
select tests.player('P1');
create function tests.plays(total numeric, table_label text, at timestamptz default now())
returns numeric
language sql
volatile
return (
  tests.enter(
    'P1', 'money_play', total, at, jsonb_build_object('table', table_label)
  )
).recorded_amount;
create function tests.leaves(table_label text, key text, at timestamptz default null)
returns boolean
language sql
volatile
return (
  compliance.leaves_table(null, tests.player_id('P1'), tests.table_id(table_label), key, at)
).replayed;
create function tests.ends(table_label text, key text) returns numeric
language sql
volatile
return (
  compliance.leaves_table(null, tests.player_id('P1'), tests.table_id(table_label), key)
).ended_amount;
select tests.sign_in('carl');

select is(tests.leaves('T1', 'k0'), false, 'who has nothing riding may leave');
select is(tests.plays(500, 'T1'), 500::numeric, 'a bet');
select is(tests.leaves('C1', 'k1'), false, 'leaving another table');
select is(tests.plays(500, 'T1'), 0::numeric, 'ends nothing here');
select is(tests.leaves('T1', 'k2'), false, 'leaving this one');
select is(tests.leaves('T1', 'k2'), true, 'once');
select is(tests.plays(600, 'T1'), 600::numeric, 'makes the next bet new');
select is(tests.leaves('T1', 'k2'), true, 'a repetition of the first leaving');
select is(tests.plays(700, 'T1'), 100::numeric, 'doesn''t end the second ride');

select is(tests.ends('T1', 'k9'), 700::numeric, 'who leaves is told what rode');
select is(tests.ends('T1', 'k9'), 700::numeric, 'in a repetition, too');
select is(tests.ends('T1', 'k10'), null, 'and when nothing does');
select is(tests.plays(800, 'T1'), 800::numeric, 'another bet');
select is(tests.ends('C1', 'k11'), null, 'says nothing of another table');

select is(
  tests.refusal($$ select tests.leaves('nowhere', 'k3') $$)
  || tests.refusal($$
    select compliance.leaves_table(null, gen_random_uuid(), tests.table_id('T1'), 'k4')
  $$)
  || tests.refusal($$
    select compliance.leaves_table(gen_random_uuid(), null, tests.table_id('T1'), 'k5')
  $$)
  || tests.refusal($$
    select compliance.leaves_table(null, null, tests.table_id('T1'), 'k6')
  $$),
  'TABLE_NOT_FOUNDPLAYER_NOT_FOUNDMTL_PATRON_NOT_FOUNDMTL_PATRON_NOT_FOUND',
  'table, player and patron must be there'
);
select is(
  tests.refusal($$ select tests.leaves('T1', 'k7', now() + interval '1 hour') $$),
  'INVALID_TIME', 'nobody leaves in the future'
);
select tests.sign_in('mark');
select is(
  tests.refusal($$ select tests.leaves('T1', 'k8') $$), 'FORBIDDEN', 'who enters cash says so'
);

select * from finish();
rollback;
