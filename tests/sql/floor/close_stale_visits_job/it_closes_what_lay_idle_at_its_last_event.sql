begin;
set local search_path to pgtap, public;
select plan(20);

select tests.casino('TSTAL');
select tests.person('boss', 'pit_boss');
select tests.player('P' || n) from generate_series(1, 5) as n;
-- P1 sits since two hours, was seen with another bet an hour ago; P2 paused; P3 has left the table
-- but not the house; P4's feed tells of last spring; P5 comes later.
select tests.seat('P1', 'T1', 1, 100, '2 hours');
select tests.happens(
  'bet', now() - interval '1 hour', 'bet_observed', '{"card": "P1", "average_bet": 300}'
);
select tests.seat('P2', 'T1', 2, 100, '2 hours');
select tests.happens('pause', now() - interval '90 minutes', 'slip_paused', '{"card": "P2"}');
select tests.seat('P3', 'T1', 3, 100, '2 hours');
select tests.happens('done', now() - interval '30 minutes', 'slip_closed', '{"card": "P3"}');
select tests.happens('spring', tests.at('20:00'), 'visit_opened', '{"card": "P4"}');

create function tests.stale(at timestamptz default now(), after uuid default null)
returns floor.stale_visit
language sql
return floor._close_stale_visit(
  row(tests.casino_id(), null, null, 'America/Los_Angeles', '06:00', 'of the job', null)
    ::identity.actor,
  at, after
);
create function tests.sweep(at timestamptz) returns integer
language plpgsql
as $$
declare
  v_after uuid;
  v_closed integer := 0;
begin
  loop
    v_after := (tests.stale(at, v_after)).visit_id;
    exit when v_after is null;
    v_closed := v_closed + 1;
  end loop;
  return v_closed;
end
$$;
create function tests.closed(card text) returns interval
language sql
return (
  select now() - v.closed_at from floor.visit as v where v.visit_id = tests.visit_id(card)
);

select set_config('pit.casino', tests.casino_id()::text, true);
select is((tests.stale()).visit_id, null, 'nothing lies idle yet');
select is(
  tests.sweep(now() + interval '23 hours 59 minutes'), 0,
  'nor a minute before the limit, although the feed told P4''s visit of months ago'
);

-- P5 was written down a day later than the others; that its slip is older changes nothing.
update floor.visit set created_at = now() - interval '25 hours'
where casino_id = tests.casino_id();
select tests.seat('P5', 'T2', 1, 100, '10 minutes');
select set_config('pit.casino', tests.casino_id()::text, true);
select is(
  tests.sweep(now() + interval '23 hours 45 minutes'), 1,
  'what counts is when the last thing was recorded'
);
select is(
  (select v.closed_at from floor.visit as v where v.visit_id = tests.visit_id('P4')),
  tests.at('20:00'), 'P4 is closed, when it was opened'
);
select is(
  tests.sweep(now() + interval '24 hours 1 second'), 4, 'a day after the last event all are'
);
select is(tests.closed('P1'), interval '1 hour', 'P1 at the last bet');
select is(
  (select s.closed_at from floor.rating_slip as s where s.rating_slip_id = tests.slip_id('P1')),
  now() - interval '1 hour', 'and so is the slip'
);
select is((tests.slip('P1')).accumulated_seconds, 3600, 'what nobody saw isn''t rated');
select is((tests.slip('P1')).average_bet, 100.00, 'nor the bet that was seen last');
select is((tests.standing('P1')).current_balance, 1620::bigint, 'the hour earned its points');
select results_eq(
  $$
    select e.event_type, e.staff_id, e.correlation_id
    from floor.rating_slip_event as e
    where e.rating_slip_id = tests.slip_id('P1') order by e.event_no desc limit 1
  $$,
  $$ values ('closed', null::uuid, 'of the job') $$, 'nobody told of the end'
);
select is(tests.closed('P2'), interval '90 minutes', 'P2 at the pause');
select is(tests.closed('P3'), interval '30 minutes', 'P3 at the end of the slip');
select is(tests.closed('P5'), interval '10 minutes', 'P5 at the beginning');
select is((tests.slip('P5')).accumulated_seconds, 0, 'with nothing to rate');
select is(tests.sweep(now() + interval '2 days'), 0, 'and once');
select results_eq(
  $$
    select a.action, a.staff_id, a.details ->> 'outcome', count(*)
    from ops.audit_log as a
    where a.casino_id = tests.casino_id() and a.action like 'stale%'
    group by 1, 2, 3 order by 3
  $$,
  $$
    values
      ('stale visit closed', null::uuid, 'awarded', 3::bigint),
      ('stale visit closed', null, null, 2::bigint)
  $$,
  'each is in the audit log'
);

-- The worker's door.
select tests.player('P6');
select tests.happens('six', now(), 'visit_opened', '{"card": "P6"}');
update identity.casino set visit_idle_limit = '1 microsecond'
where casino_id = tests.casino_id();
update floor.visit
set created_at = now() - interval '1 hour', opened_at = now() - interval '1 hour'
where casino_id = tests.casino_id() and closed_at is null;
select set_config('pit.casino', tests.casino_id()::text, true);
select set_config('tests.ticket', identity._issue_ticket('ops/close_stale_visits'), true);
select set_config('pit.casino', '', true);
set local session authorization pit_worker;
select is(
  (floor.close_stale_visits_job(current_setting('tests.ticket'))).closed_at,
  now() - interval '1 hour', 'the limit is the casino''s own'
);
select is(
  tests.refusal('select floor.close_stale_visits_job(''1.x'')'), 'INVALID_TICKET', 'with a ticket'
);
set local session authorization default;
select tests.sign_in('boss');
select is(
  tests.refusal('select floor.close_stale_visits_job(''1.x'')'), '42501', 'and by nobody else'
);
select tests.sign_out();

select * from finish();
rollback;
