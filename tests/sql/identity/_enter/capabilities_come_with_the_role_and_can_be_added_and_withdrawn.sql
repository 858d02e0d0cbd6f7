begin;
set local search_path to pgtap, public;
select plan(15);

select tests.casino('TCAPS');
select tests.person(r.role, r.role)
from identity._seed_role_capabilities() as r;

create function tests.capabilities() returns text
language sql
return (select array_to_string((identity.me()).capabilities, ' '));

select tests.sign_in('floor_supervisor');
select is(tests.capabilities(), 'floor:rate loyalty:award mtl:create', 'floor_supervisor');
select tests.sign_in('pit_boss');
select is(
  tests.capabilities(),
  'floor:backdate floor:rate loyalty:approve loyalty:award loyalty:redeem mtl:create mtl:view',
  'pit_boss'
);
select tests.sign_in('cashier');
select is(tests.capabilities(), 'loyalty:redeem mtl:create mtl:view', 'cashier');
select tests.sign_in('compliance_officer');
select is(
  tests.capabilities(), 'audit:view ctr:file mtl:create mtl:review mtl:view', 'compliance_officer'
);
select tests.sign_in('marketing');
select is(
  tests.capabilities(),
  'loyalty:adjust loyalty:approve loyalty:configure loyalty:reverse loyalty:view_all', 'marketing'
);
select tests.sign_in('auditor');
select is(tests.capabilities(), 'audit:view loyalty:view_all mtl:review mtl:view', 'auditor');
select tests.sign_in('admin');
select is(tests.capabilities(), 'audit:view import:run loyalty:view_all staff:manage', 'admin');
select tests.sign_in('feed');
select is(tests.capabilities(), 'import:run', 'the feed''s account imports and nothing else');

select tests.sign_in('cashier');
select throws_ok($$ select loyalty.reward_terms() $$, 'IDFRB', null, 'a cashier may not award');
select tests.sign_out();
insert into identity.staff_permission (casino_id, staff_id, capability, granted)
select s.casino_id, s.staff_id, 'loyalty:award', true
from identity.staff as s
where s.casino_id = tests.casino_id() and s.username = 'cashier';
insert into identity.staff_permission (casino_id, staff_id, capability, granted)
select s.casino_id, s.staff_id, 'loyalty:award', false
from identity.staff as s
where s.casino_id = tests.casino_id() and s.username = 'pit_boss';
select tests.sign_in('cashier');
select lives_ok($$ select loyalty.reward_terms() $$, 'unless the capability was added');
select is(
  tests.capabilities(), 'loyalty:award loyalty:redeem mtl:create mtl:view', 'then it shows'
);
select tests.sign_in('pit_boss');
select throws_ok(
  $$ select loyalty.reward_terms() $$, 'IDFRB', null, 'and a pit boss not when it was withdrawn'
);
select is(
  strpos(tests.capabilities(), 'loyalty:award'), 0, 'then it doesn''t'
);
select tests.sign_out();
select is(
  tests.refusal($$ select identity._enter('no:such') $$), 'UNAUTHORIZED',
  'who isn''t signed in has none'
);
select throws_ok(
  $$
    insert into identity.role_capability (casino_id, role, capability)
    values (tests.casino_id(), 'cashier', 'no:such')
  $$,
  '23514', null, 'capabilities are the known ones'
);

select * from finish();
rollback;
