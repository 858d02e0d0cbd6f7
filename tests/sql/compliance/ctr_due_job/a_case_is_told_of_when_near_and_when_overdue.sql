begin;
set local search_path to pgtap, public;
select plan(15);

select tests.casino('TCTRD');
select tests.person('eve', 'compliance_officer');
select tests.person('boss', 'pit_boss');
select tests.player('P1');
select tests.player('P2');
-- Due on 2025-03-18.
select tests.cash('P1', 'in', 'chip_purchase', 12000);
create function tests.note(day text, clock text default '12:00') returns text
language sql
volatile
as $$
select coalesce(
  string_agg(
    format('%s %s %s', p.last_name, n.notice, n.days_left), ', ' order by p.last_name
  ),
  'nothing'
)
from compliance._note_due_cases(
  row(tests.casino_id(), null, null, 'America/Los_Angeles', '06:00', 'of the job', null)
    ::identity.actor,
  tests.at(clock, day)
) as n
join compliance.ctr_case as k using (casino_id, case_id)
join compliance.patron as r using (casino_id, patron_id)
join floor.player as p using (casino_id, player_id)
$$;

select set_config('pit.casino', tests.casino_id()::text, true);
select is(tests.note('2025-03-12', '23:59:59'), 'nothing', 'six days before there is time');
select is(
  tests.note('2025-03-13', '00:00:00'), 'P1 near 5', 'five days before, by the casino''s calendar'
);
select is(tests.note('2025-03-15'), 'nothing', 'once');
select tests.cash('P2', 'in', 'chip_purchase', 12000);
select set_config('pit.casino', tests.casino_id()::text, true);
select is(tests.note('2025-03-18', '23:59:59'), 'P2 near 0', 'the last day is near, not over');
select is(
  tests.note('2025-03-19', '00:00:00'), 'P1 overdue -1, P2 overdue -1', 'the day after it is'
);
select is(tests.note('2025-04-30'), 'nothing', 'once');

-- A worker that was away; a case that needs nothing any more.
select tests.player('P3');
select tests.player('P4');
select tests.cash('P3', 'in', 'chip_purchase', 12000);
select tests.cash('P4', 'in', 'chip_purchase', 12000);
update compliance.ctr_case as k set state = 'closed', closed_reason = 'corrected'
where k.case_id = (tests.ctr_case('P4')).case_id;
select set_config('pit.casino', tests.casino_id()::text, true);
select is(tests.note('2025-03-20'), 'P3 overdue -2', 'who was away tells only how it is now');
update compliance.ctr_case as k set state = 'open', closed_reason = null
where k.case_id = (tests.ctr_case('P4')).case_id;
select is(tests.note('2025-03-20'), 'P4 overdue -2', 'a case that opens again counts again');

select tests.player('P5');
select tests.cash('P5', 'in', 'chip_purchase', 12000);
select set_config('pit.casino', tests.casino_id()::text, true);
select set_config('tests.ticket', identity._issue_ticket('compliance/ctr_due'), true);
select set_config('pit.casino', '', true);
set local session authorization pit_worker;
select results_eq(
  $$ select n.notice from compliance.ctr_due_job(current_setting('tests.ticket')) as n $$,
  $$ values ('overdue') $$, 'the job looks as of today'
);
select is_empty(
  $$ select from compliance.ctr_due_job(current_setting('tests.ticket')) $$, 'once'
);
select is(
  tests.refusal('select compliance.ctr_due_job(''1.x'')'), 'INVALID_TICKET', 'with its ticket'
);
set local session authorization default;

select tests.sign_in('eve');
select is(
  (select count(*)::integer from compliance.ctr_due_notice), 7, 'a reviewer sees the notices'
);
select is(
  tests.refusal('select compliance.ctr_due_job(''1.x'')'), '42501', 'and doesn''t run the job'
);
select tests.sign_in('boss');
select is_empty('select from compliance.ctr_due_notice', 'the floor doesn''t');
select tests.sign_out();
select throws_ok(
  'delete from compliance.ctr_due_notice', 'MTIMM', null, 'nobody puts a notice away'
);

select * from finish();
rollback;
