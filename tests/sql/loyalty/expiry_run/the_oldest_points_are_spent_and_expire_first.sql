-- domain.md section 5: expired = max(0, credits dated before the cut-off - all debits so far).
-- Points are good for 90 gaming days here; the run is that of 2025-06-10, its cut-off 2025-03-12.

begin;
set local search_path to pgtap, public;
select plan(22);

select tests.casino('TEXPI');
select tests.person('boss', 'pit_boss');
insert into loyalty.loyalty_policy
select (tests.policy('pt1', jsonb_build_object(
  'loyalty_policy_id', uuidv7(), 'version', 2, 'effective_from', '2025-01-01T00:00:00Z',
  'points_valid_days', 90
))).*;
select tests.player(format('P%s', n)) from generate_series(1, 9) as n;
create function tests.earns(card text, points bigint, day text, clock text default '12:00')
returns text
language sql
return tests.happens(
  format('%s earns %s %s %s', card, points, day, clock), tests.at(clock, day), 'reward',
  jsonb_build_object('card', card, 'points', points, 'reason', 'a reason for it')
);
create function tests.spends(card text, points bigint, day text) returns text
language sql
return tests.happens(
  format('%s spends %s %s', card, points, day), tests.at('13:00', day), 'redeem',
  jsonb_build_object('card', card, 'points', points, 'reason', 'dinner')
);
create function tests.undo(key text, day text) returns text
language sql
return tests.happens(
  'undo ' || key, tests.at('14:00', day), 'reverse',
  jsonb_build_object('ref', key, 'reason', 'a mistake')
);
-- The job's batches of one gaming day, as the worker calls them; points of each.
create function tests.expire(day text, batch_size integer default 500) returns text
language plpgsql
as $$
declare
  v_actor identity.actor;
  v_batch loyalty.expiry_batch;
  v_done text;
begin
  perform set_config('pit.casino', tests.casino_id()::text, true);
  select
    c.casino_id, null, null, c.timezone, c.gaming_day_start, 'the-run', null
  into v_actor
  from identity.casino as c
  where c.casino_id = tests.casino_id();
  loop
    v_batch := loyalty._expire_points(v_actor, tests.at('06:10', day), batch_size);
    v_done := concat_ws(', ', v_done, format('%s of %s', v_batch.points, v_batch.players));
    exit when v_batch.finished;
  end loop;
  perform set_config('pit.casino', '', true);
  return v_done;
end
$$;
create function tests.expired(card text) returns text
language sql
return (
  select coalesce(string_agg(e.points_change::text, ' ' order by e.entry_no), 'none')
  from tests.entries(card) as e
  where e.transaction_type = 'EXPIRATION'
);

-- P1 never spends: what is from before the cut-off goes.
select tests.earns('P1', 100, '2025-03-11');
select tests.earns('P1', 40, '2025-03-12');
-- P2's debits came out of the oldest points.
select tests.earns('P2', 100, '2025-03-01');
select tests.earns('P2', 50, '2025-05-01');
select tests.spends('P2', 70, '2025-05-02');
-- P3 has spent more than the old points.
select tests.earns('P3', 100, '2025-03-01');
select tests.earns('P3', 50, '2025-05-01');
select tests.spends('P3', 120, '2025-05-02');
-- P4's redemption was reversed: neither counts.
select tests.earns('P4', 100, '2025-03-01');
select tests.spends('P4', 70, '2025-05-02');
select tests.undo('P4 spends 70 2025-05-02', '2025-05-03');
-- P5's old points were reversed: neither counts; the new ones stay.
select tests.earns('P5', 100, '2025-03-01');
select tests.earns('P5', 30, '2025-05-01');
select tests.undo('P5 earns 100 2025-03-01 12:00', '2025-05-03');
-- P6's new points were reversed: the old ones still expire.
select tests.earns('P6', 100, '2025-03-01');
select tests.earns('P6', 30, '2025-05-01');
select tests.undo('P6 earns 30 2025-05-01 12:00', '2025-05-03');
-- P7 earned in the last second before the cut-off's gaming day begins, and in its first.
select tests.earns('P7', 10, '2025-03-12', '05:59:59');
select tests.earns('P7', 7, '2025-03-12', '06:00:00');
-- P8 has only new points, P9 none.
select tests.earns('P8', 10, '2025-06-01');

select is(tests.expire('2025-06-10'), '340 of 5', 'one run takes what is old and left');
select is(tests.expired('P1'), '-100', 'what is older than the cut-off');
select is(tests.expired('P2'), '-30', 'spending takes the oldest points first');
select is(tests.expired('P3'), 'none', 'who has spent more than that keeps the rest');
select is(tests.expired('P4'), '-100', 'a reversed redemption spent nothing');
select is(tests.expired('P5'), 'none', 'reversed points neither expire nor shelter others');
select is(tests.expired('P6'), '-100', 'nor do reversed new points');
select is(tests.expired('P7'), '-10', 'the cut-off is the beginning of a gaming day');
select is(tests.expired('P8'), 'none', 'new points stay');
select is(tests.expired('P9'), 'none', 'no points, no entry');
select row_eq(
  $$
    select
      e.event_type, e.source, e.reason, e.staff_id, e.idempotency_key, e.correlation_id,
      e.gaming_day, e.balance_before, e.balance_after
    from tests.entries('P1') as e
    where e.transaction_type = 'EXPIRATION'
  $$,
  row(
    'POINTS_EXPIRED'::text, 'system'::loyalty.entry_source, 'earned before 2025-03-12'::text,
    null::uuid, 'pit:expiry:2025-03-12:' || tests.player_id('P1'), 'the-run'::text,
    '2025-06-10'::date, 140::bigint, 40::bigint
  ),
  'the entry says which points it takes'
);
select is((tests.standing('P1')).lifetime_points, 140::bigint, 'lifetime points stay');
select row_eq(
  $$
    select r.cut_off, r.points_valid_days, r.players, r.points, r.finished_at is not null
    from loyalty.expiry_run as r
    where r.casino_id = tests.casino_id()
  $$,
  row('2025-03-12'::date, 90, 5, 340::bigint, true), 'the run is on record'
);

-- Once.
select tests.earns('P9', 500, '2025-02-01');
select is(tests.expire('2025-06-10'), '0 of 0', 'a day''s run is done once');
select is(tests.expired('P1'), '-100', 'with one entry for each player and cut-off');
select is(
  tests.expire('2025-06-11'), '547 of 3',
  'the next day has the next cut-off, and takes what came late'
);
select is(tests.expired('P1'), '-100 -40', 'what was taken before counts as a debit');

-- In batches, going on where it was.
select is(
  tests.expire('2025-08-20', 2), '80 of 2, 30 of 1, 0 of 0',
  'a run goes through the players in batches'
);
select results_eq(
  $$
    select r.players, r.points
    from loyalty.expiry_run as r
    where r.casino_id = tests.casino_id() and r.gaming_day = '2025-08-20'
  $$,
  $$ values (3, 110::bigint) $$, 'that add up'
);
select is(
  (select sum(p.current_balance)::bigint from loyalty.player_loyalty as p
    where p.casino_id = tests.casino_id()),
  10::bigint, 'and in the end nothing is left but what is young'
);

-- By policy.
insert into loyalty.loyalty_policy
select (tests.policy('pt1', jsonb_build_object(
  'loyalty_policy_id', uuidv7(), 'version', 3, 'effective_from', '2025-09-01T00:00:00Z',
  'points_valid_days', null
))).*;
select tests.earns('P8', 10, '2025-01-01');
select is(tests.expire('2025-09-02'), '0 of 0', 'a policy without an age lets points live');
select is_empty(
  $$
    select r.gaming_day
    from loyalty.expiry_run as r
    where r.casino_id = tests.casino_id() and r.gaming_day > '2025-09-01'
  $$,
  'and makes no run'
);

select * from finish();
rollback;
