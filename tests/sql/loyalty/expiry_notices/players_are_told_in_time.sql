begin;
set local search_path to pgtap, public;
select plan(9);

select tests.casino('TNOTE');
select tests.person('mark', 'marketing');
select tests.person('boss', 'pit_boss');
select tests.player(format('P%s', n)) from generate_series(1, 5) as n;
-- The running gaming day, and the middle of one so many days ago.
create function tests.today() returns date
language sql
return ((now() at time zone 'America/Los_Angeles') - interval '6 hours')::date;
create function tests.noon(days_ago integer) returns timestamptz
language sql
return (
  tests.today() - days_ago + interval '6 hours 10 minutes'
) at time zone 'America/Los_Angeles';
create function tests.earns(card text, points bigint, days_ago integer) returns text
language sql
return tests.happens(
  format('%s %s %s', card, points, days_ago), tests.noon(days_ago), 'reward',
  jsonb_build_object('card', card, 'points', points, 'reason', 'a reason for it')
);
create function tests.policy_from(days_ago integer, version integer, valid_days integer)
returns void
language plpgsql
as $$
begin
  insert into loyalty.loyalty_policy
  select (tests.policy('pt1', jsonb_build_object(
    'loyalty_policy_id', uuidv7(), 'version', version,
    'effective_from', tests.noon(days_ago) - interval '1 hour',
    'points_valid_days', valid_days
  ))).*;
end
$$;
select tests.earns('P1', 100, 90);
select tests.earns('P1', 50, 80);
select tests.earns('P1', 25, 10);
select tests.earns('P2', 100, 85);
select tests.happens(
  'P2 spends', tests.noon(1), 'redeem', '{"card": "P2", "points": 60, "reason": "dinner"}'
);
select tests.earns('P3', 10, 60);
select tests.earns('P4', 10, 59);
select tests.earns('P5', 10, 120);

select tests.sign_in('mark');
select is_empty($$ select * from loyalty.expiry_notices() $$, 'points don''t expire: nobody');
select tests.sign_out();
select tests.policy_from(50, 2, 90);
select tests.sign_in('mark');
select results_eq(
  $$
    select n.player_name, n.card_no, n.tier, n.current_balance, n.expires_on - tests.today(),
      n.points
    from loyalty.expiry_notices() as n
  $$,
  $$
    values
      ('Pat P5', 'P5', 'BRONZE', 10::bigint, 0, 10::bigint),
      ('Pat P1', 'P1', 'BRONZE', 175, 1, 100),
      ('Pat P2', 'P2', 'BRONZE', 40, 6, 40),
      ('Pat P1', 'P1', 'BRONZE', 175, 11, 50)
  $$,
  'whose points expire in the coming 30 days, when, and how many are left of them'
);
select results_eq(
  $$ select n.card_no, n.expires_on - tests.today() from loyalty.expiry_notices(31) as n $$,
  $$ values ('P5', 0), ('P1', 1), ('P2', 6), ('P1', 11), ('P3', 31) $$,
  'or in as many as are asked for'
);
select tests.sign_out();

-- The list is what the runs will take.
create function tests.expire(at timestamptz) returns bigint
language plpgsql
as $$
declare
  v_actor identity.actor;
  v_points bigint;
begin
  perform set_config('pit.casino', tests.casino_id()::text, true);
  select c.casino_id, null, null, c.timezone, c.gaming_day_start, 'the-run', null
  into v_actor
  from identity.casino as c
  where c.casino_id = tests.casino_id();
  v_points := (loyalty._expire_points(v_actor, at)).points;
  perform set_config('pit.casino', '', true);
  return v_points;
end
$$;
select is(tests.expire(now()), 10::bigint, 'today''s run takes today''s line');
select tests.sign_in('mark');
select results_eq(
  $$ select n.card_no, n.expires_on - tests.today() from loyalty.expiry_notices() as n $$,
  $$ values ('P1', 1), ('P2', 6), ('P1', 11) $$,
  'which is gone from the list'
);
select tests.sign_out();
-- From tomorrow on, points are good for 60 days only.
select tests.policy_from(0, 3, 60);
select tests.policy_from(-1, 4, 60);
select tests.sign_in('mark');
select results_eq(
  $$
    select n.card_no, n.expires_on - tests.today(), n.points
    from loyalty.expiry_notices(1) as n
  $$,
  $$ values ('P1', 1, 150::bigint), ('P2', 1, 40), ('P3', 1, 10) $$,
  'a policy that begins later counts from then'
);
select throws_ok(
  $$ select * from loyalty.expiry_notices(367) $$, 'LYPRD', null, 'a year is far enough'
);
select throws_ok(
  $$ select * from loyalty.expiry_notices(null) $$, 'LYPRD', null, 'and it is a number'
);
select tests.sign_in('boss');
select throws_ok(
  $$ select * from loyalty.expiry_notices() $$, 'IDFRB', null, 'for those who may view all'
);

select * from finish();
rollback;
