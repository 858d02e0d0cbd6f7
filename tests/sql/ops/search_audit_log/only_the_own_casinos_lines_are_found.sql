begin;
set local search_path to pgtap, public;
select plan(17);

select tests.casino('TSALA');
select tests.person('ann', 'auditor');
select tests.player('A1');
select tests.casino('TSALB');
select tests.person('bob', 'auditor');
select tests.person('boss', 'pit_boss');
select tests.player('B1');
select set_config('tests.a', tests.player_id('B1')::text, true);

create function tests.id(username text) returns uuid
language sql
security definer
return (
  select s.staff_id from identity.staff as s
  where s.casino_id = tests.casino_id() and s.username = id.username
);
create function tests.line(
  code text, action text, at timestamptz, who text default null, about uuid default null,
  request text default 'r'
) returns uuid
language sql
security definer
begin atomic
  insert into ops.audit_log (
    casino_id, action, staff_id, login_name, player_id, correlation_id, created_at
  )
  select c.casino_id, action, s.staff_id, null, about, request, at
  from identity.casino as c
  left join identity.staff as s on s.casino_id = c.casino_id and s.username = who
  where c.code = line.code
  returning audit_log_id;
end;
create function tests.found(
  request text default null, who text default null, about uuid default null,
  action text default null, since timestamptz default null, until timestamptz default null,
  before uuid default null
) returns text[]
language plpgsql
as $$
begin
  return array(
    select f.action
    from ops.search_audit_log(
      request,
      tests.id(who), about, action, since, until, before
    ) as f
    where f.action ~ '^t '
  );
end
$$;

select tests.line('TSALA', 't other', now(), 'ann', null, 'r1');
select tests.line('TSALB', 't one', now() - interval '3 hours', 'boss', null, 'r1');
select set_config(
  'tests.two',
  tests.line('TSALB', 't two', now() - interval '2 hours', 'bob', tests.player_id('B1'), 'r2')
    ::text,
  true
);
select tests.line('TSALB', 't three', now() - interval '1 hour', 'boss', null, 'r3');

select tests.sign_in('bob');
select is(tests.found(), array['t three', 't two', 't one'], 'newest first, the own casino''s');
select is(tests.found(request => 'r1'), array['t one'], 'by request, never another casino''s');
select is(tests.found(who => 'boss'), array['t three', 't one'], 'by person');
select is(tests.found(about => tests.player_id('B1')), array['t two'], 'by player');
select is(tests.found(action => 't three'), array['t three'], 'by action');
select is(
  tests.found(since => now() - interval '150 minutes'), array['t three', 't two'], 'since a time'
);
select is(
  tests.found(until => now() - interval '2 hours'), array['t one'], 'until before another'
);
select is(
  tests.found(since => now() - interval '150 minutes', who => 'boss'), array['t three'],
  'criteria go together'
);
select is(
  tests.found(before => current_setting('tests.two')::uuid), array['t one'],
  'what comes after a line'
);
select is(tests.found(request => 'nothing'), array[]::text[], 'nothing is nothing');
select is(
  (
    select row(f.staff_name, f.correlation_id)
    from ops.search_audit_log(action => 't three') as f
  ),
  row('Boss'::text, 'r3'::text), 'names of staff are told'
);
select tests.sign_out();
select count(tests.line('TSALB', 't bulk', now() - n * interval '1 second'))
from generate_series(1, 150) as n;
select tests.sign_in('bob');
select is(
  (select count(*)::integer from ops.search_audit_log(action => 't bulk')), 100,
  'at most 100 at a time'
);
select is(
  (
    select count(*)::integer
    from ops.search_audit_log(
      action => 't bulk',
      before => (
        select f.audit_log_id
        from ops.search_audit_log(action => 't bulk') as f
        order by f.happened_at
        limit 1
      )
    )
  ),
  50, 'and then the others'
);
select tests.sign_out();

select tests.sign_in('boss');
select throws_ok(
  'select ops.search_audit_log()', 'IDFRB', null, 'it takes audit:view'
);
select tests.sign_out();
create role test_searcher login;
grant pit_auditor to test_searcher;
select identity.bind_database_login('TSALB', 'test_searcher');
set local session authorization test_searcher;
select is(tests.found(request => 'r1'), array['t one'], 'an auditor''s login searches its casino');
select is(
  (
    select count(*)::integer
    from ops.audit_trail as a
    where a.action ~ '^t ' and a.action <> 't bulk'
  ),
  3, 'and reads the same in the view'
);
set local session authorization default;
select is(
  (
    select a.details ->> 'login' from ops.audit_log as a
    where a.casino_id = tests.casino_id() and a.action = 'database login bound'
  ),
  'test_searcher', 'that the login was bound is a line too'
);

select * from finish();
rollback;
