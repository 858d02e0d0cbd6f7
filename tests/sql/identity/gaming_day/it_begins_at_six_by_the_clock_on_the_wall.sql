begin;
set local search_path to pgtap, public;
select plan(15);

select tests.casino('TDAYS');

create function pg_temp.day(at timestamptz) returns text
language sql
return (
  select identity.gaming_day(c, at)::text
  from identity.casino as c
  where c.casino_id = tests.casino_id()
);

select is(pg_temp.day(tests.at('05:59:59', '2025-01-15')), '2025-01-14', 'winter, 05:59:59');
select is(pg_temp.day(tests.at('06:00:00', '2025-01-15')), '2025-01-15', 'winter, 06:00:00');
select is(pg_temp.day(tests.at('05:59:59', '2025-07-15')), '2025-07-14', 'summer, 05:59:59');
select is(pg_temp.day(tests.at('06:00:00', '2025-07-15')), '2025-07-15', 'summer, 06:00:00');
select is(pg_temp.day(tests.at('23:59:59', '2025-07-15')), '2025-07-15', 'before midnight');
select is(pg_temp.day(tests.at('00:00:00', '2025-07-16')), '2025-07-15', 'after midnight');
select is(pg_temp.day('2025-03-09 05:59:59-07'), '2025-03-08', 'the night that loses an hour');
select is(pg_temp.day('2025-03-09 06:00:00-07'), '2025-03-09', 'ends at 06:00:00 all the same');
select is(pg_temp.day('2025-11-02 05:59:59-08'), '2025-11-01', 'the night that gains an hour');
select is(pg_temp.day('2025-11-02 06:00:00-08'), '2025-11-02', 'ends at 06:00:00 all the same');
select is(pg_temp.day('2025-11-02 01:30:00-07'), '2025-11-01', 'its first half past one');
select is(pg_temp.day('2025-11-02 01:30:00-08'), '2025-11-01', 'and its second');
set local timezone to 'Asia/Tokyo';
select is(
  pg_temp.day('2025-01-15 05:59:59-08'), '2025-01-14', 'whatever the zone of the session'
);
select is(
  identity._gaming_day('UTC', '00:00', '2025-01-15 00:00:00+00'), '2025-01-15'::date,
  'other houses begin at midnight'
);
select is(
  identity._gaming_day('Pacific/Kiritimati', '04:30', '2025-01-14 14:29:59+00'),
  '2025-01-14'::date, 'or at half past four, on the other side of the world'
);

select * from finish();
rollback;
