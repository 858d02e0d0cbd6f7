begin;
set local search_path to pgtap, public;
select plan(6);

select tests.casino('TEXPO');
select tests.person('audrey', 'auditor');
select tests.person('boss', 'pit_boss');
select tests.player('P1', 25000);

create function tests.day(days_ago integer) returns date
language sql
stable
security definer
return (
  select identity.gaming_day(c, now()) - days_ago
  from identity.casino as c
  where c.casino_id = tests.casino_id()
);

select tests.sign_in('audrey');
select ops.seal_ledger(tests.day(3));
select ops.seal_ledger(tests.day(2));
select is(
  json_array_length(ops.export_seals() -> 'seals'), 2, 'a line for each seal'
);
select is(
  json_array_length(ops.export_seals(tests.day(2), tests.day(1)) -> 'seals'), 1,
  'or those of a period'
);
select cmp_ok(
  length(ops.export_seals()::text), '<', 1000, 'two seals take less than a kilobyte'
);
select unalike(
  ops.export_seals()::text, '%' || tests.player_id('P1') || '%', 'nobody is named in it'
);
select is(
  ops.export_seals(with_players => true) #>> '{seals,0,leaves,0,0}', tests.player_id('P1')::text,
  'unless players are asked for'
);
select tests.sign_in('boss');
select is(tests.refusal('select ops.export_seals()'), 'FORBIDDEN', 'it takes audit:view');
select tests.sign_out();

select * from finish();
rollback;
