-- Local clock time decides, by the casino's own zone and hour: on the night that is an hour short
-- and on the one that is an hour long, for the sealing job and for expiry.

begin;
set local search_path to pgtap, public;
select plan(14);

-- The day that the job would seal at a moment.
create function tests.sealed(at timestamptz) returns date
language plpgsql
as $$
declare
  v_actor identity.actor;
  v_day date;
begin
  select c.casino_id, c.timezone, c.gaming_day_start, 'of the job'
  into v_actor.casino_id, v_actor.timezone, v_actor.gaming_day_start, v_actor.correlation_id
  from identity.casino as c
  where c.casino_id = tests.casino_id();
  perform set_config('pit.casino', tests.casino_id()::text, true);
  v_day := ((ops._seal_ledger(v_actor, null, at)).ledger_seal).gaming_day;
  perform set_config('pit.casino', '', true);
  return v_day;
end
$$;

select tests.casino('TDSTA');
select tests.player('P1', 100);
select is(tests.sealed('2025-03-08T13:59:59Z'), '2025-03-06'::date, '05:59:59, a second too early');
select is(tests.sealed('2025-03-08T14:00:00Z'), '2025-03-07'::date, '06:00 the day before');
select is(
  tests.sealed('2025-03-09T12:59:59Z'), '2025-03-07'::date,
  'spring: 05:59:59 after 23 hours less a second'
);
select is(tests.sealed('2025-03-09T13:00:00Z'), '2025-03-08'::date, '06:00 after 23 hours');
select is(tests.sealed('2025-11-01T13:00:00Z'), '2025-10-31'::date, 'autumn: 06:00 the day before');
select is(tests.sealed('2025-11-02T13:00:00Z'), '2025-10-31'::date, '05:00, after 24 hours');
select is(tests.sealed('2025-11-02T13:59:59Z'), '2025-10-31'::date, '05:59:59 after 25 hours');
select is(tests.sealed('2025-11-02T14:00:00Z'), '2025-11-01'::date, '06:00 after 25 hours');
select is(
  (select count(*)::integer from ops.ledger_seal as s where s.casino_id = tests.casino_id()),
  5, 'each day was sealed once'
);

-- Another zone, another night; a gaming day that begins in the hour that the night leaves out.
select tests.casino('TDSTB', '{"timezone": "Europe/Paris", "gaming_day_start": "02:30"}');
select is(tests.sealed('2025-03-30T00:59:59Z'), '2025-03-28'::date, '01:59:59, and no 02:30 comes');
select is(tests.sealed('2025-03-30T01:00:00Z'), '2025-03-29'::date, '03:00 is after it');
select is(tests.sealed('2025-10-26T00:29:59Z'), '2025-10-24'::date, '02:29:59, the first time');
select is(tests.sealed('2025-10-26T00:30:00Z'), '2025-10-25'::date, '02:30, the first time');
select is(
  tests.sealed('2025-10-26T01:15:00Z'), '2025-10-24'::date,
  '02:15, the second time: the seal of the day before is given again'
);

select * from finish();
rollback;
