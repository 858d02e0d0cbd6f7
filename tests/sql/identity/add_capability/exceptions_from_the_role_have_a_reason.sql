begin;
set local search_path to pgtap, public;
select plan(20);

select tests.casino('TCAPS');
select tests.person('root', 'admin');
select tests.person('vera', 'admin');
select tests.person('cleo', 'cashier');
select tests.person('boss', 'pit_boss');
create function tests.id(username text) returns uuid
language sql
security definer
return (
  select s.staff_id from identity.staff as s
  where s.casino_id = tests.casino_id() and s.username = id.username
);
create function tests.give(who text, what text, why text default 'covers for the pit tonight')
returns boolean
language sql
return (identity.add_capability(tests.id(who), what, why)).replayed;
create function tests.take(who text, what text, why text default 'the cover has ended')
returns boolean
language sql
return (identity.withdraw_capability(tests.id(who), what, why)).replayed;
create function tests.review(who text) returns text[]
language plpgsql
as $$
begin
  return array(
    select concat_ws(' ', r.capability, r.source, r.given_by_name, r.reason)
    from identity.access_review(tests.id(who)) as r
  );
end
$$;

select tests.sign_in('boss');
select throws_ok($$ select tests.give('cleo', 'floor:rate') $$, 'IDFRB', null, 'not for everybody');
select throws_ok($$ select tests.take('cleo', 'mtl:view') $$, 'IDFRB', null, 'nor withdrawing');
select throws_ok('select identity.access_review()', 'IDFRB', null, 'nor reviewing');
select tests.sign_in('root');
select throws_ok(
  $$ select tests.give('root', 'floor:rate') $$, 'IDOWN', null, 'nobody gives themselves anything'
);
select throws_ok(
  $$ select tests.take('root', 'audit:view') $$, 'IDOWN', null, 'nor takes it from themselves'
);
select throws_ok($$ select tests.give('cleo', 'floor:fly') $$, 'IDCAP', null, 'it has to exist');
select throws_ok($$ select tests.give('cleo', null) $$, 'IDCAP', null, 'and be named');
select throws_ok(
  $$ select tests.give('cleo', 'floor:rate', ' so ') $$, 'LYRSN', null, 'and have a reason'
);
select is(tests.give('cleo', 'mtl:view'), true, 'what the role brings needn''t be added');
select is(tests.give('cleo', 'floor:rate'), false, 'a capability is added');
select is(tests.give('cleo', 'floor:rate'), true, 'once');
select is(tests.take('cleo', 'mtl:view'), false, 'another is withdrawn');
select is(
  tests.review('cleo'),
  array[
    'floor:rate added Root covers for the pit tonight', 'loyalty:redeem role', 'mtl:create role',
    'mtl:view withdrawn Root the cover has ended'
  ],
  'the review says where each comes from, by whom and why'
);
select is(
  array(
    select r.username from identity.access_review(capability => 'floor:rate') as r where r.held
  ),
  array['boss', 'cleo'], 'and who can do something'
);
select tests.sign_in('cleo');
select throws_ok(
  $$ select floor.open_visit(null, null, 'k') $$, 'RSPLR', null, 'it counts in open sessions'
);
select tests.sign_in('root');
select is(tests.take('cleo', 'floor:rate'), false, 'what was added is withdrawn');
select is(tests.give('cleo', 'mtl:view', 'is back at the cage'), false, 'and the other way round');
select is(
  tests.review('cleo'), array['loyalty:redeem role', 'mtl:create role', 'mtl:view role'],
  'then the role is all there is'
);
select is(tests.take('vera', 'staff:manage'), false, 'an administrator can be withdrawn');
select tests.sign_out();
select results_eq(
  $$
    select a.action || ' ' || (a.details ->> 'capability')
    from ops.audit_log as a
    where a.casino_id = tests.casino_id() and a.staff_id = tests.id('root')
      and a.subject_staff_id = tests.id('cleo')
    order by a.audit_log_id
  $$,
  array[
    'capability added floor:rate', 'capability withdrawn mtl:view',
    'capability withdrawn floor:rate', 'capability added mtl:view'
  ],
  'each change is in the audit log'
);

select * from finish();
rollback;
