begin;
set local search_path to pgtap, public;
select plan(6);

select tests.casino('TSTAF');
select tests.player('P1');
select tests.player('P2');
select tests.seat('P1', 'T1', 1, 100, '2 hours');
select tests.seat('P2', 'T1', 2, 100, '2 hours');
create function tests.break() returns trigger
language plpgsql
as $$
begin
  if new.player_id = tests.player_id('P1') then
    raise exception using errcode = 'check_violation', message = 'Pat P1 is broken';
  end if;
  return new;
end
$$;
create trigger breaks before update on floor.visit for each row execute function tests.break();
create function tests.stale(after uuid default null) returns floor.stale_visit
language sql
return floor._close_stale_visit(
  row(tests.casino_id(), null, null, 'America/Los_Angeles', '06:00', 'of the job', null)
    ::identity.actor,
  now() + interval '25 hours', after
);

select set_config('pit.casino', tests.casino_id()::text, true);
select row_eq(
  $$ select s.visit_id, s.closed_at, s.outcome, s.code from tests.stale() as s $$,
  row(tests.visit_id('P1'), null::timestamptz, null::text, '23514'::text),
  'the first can''t be closed'
);
select is((tests.slip('P1')).state, 'open', 'nothing of it is left');
select row_eq(
  $$ select s.visit_id, s.outcome, s.code from tests.stale(tests.visit_id('P1')) as s $$,
  row(tests.visit_id('P2'), 'awarded'::text, null::text), 'the next one is'
);
select is((tests.stale(tests.visit_id('P2'))).visit_id, null, 'then there is none');
select is(
  (
    select a.details - 'rating_slip_id' from ops.audit_log as a
    where a.casino_id = tests.casino_id() and a.action = 'stale visit not closed'
  ),
  jsonb_build_object('visit_id', tests.visit_id('P1'), 'code', '23514'),
  'the failure is told by its code, not by its sentence'
);
drop trigger breaks on floor.visit;
select is((tests.stale()).visit_id, tests.visit_id('P1'), 'the next job closes it');

select * from finish();
rollback;
