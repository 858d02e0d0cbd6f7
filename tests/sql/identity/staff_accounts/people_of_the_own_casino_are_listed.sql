begin;
set local search_path to pgtap, public;
select plan(10);

select tests.casino('TACCA');
select tests.person('alien', 'cashier');
select tests.casino('TACCB');
select tests.person('root', 'admin');
select identity.add_staff('TACCB', 'mmay', 'Mia May', 'cashier');
select identity.add_staff('TACCB', 'zoe', 'Zoe Quick', 'pit_boss');
select identity.add_staff('TACCB', 'deal', 'Dee Dealer', 'dealer');
update identity.staff set active = false where casino_id = tests.casino_id() and username = 'mmay';
insert into identity.staff_permission (casino_id, staff_id, capability, granted)
select s.casino_id, s.staff_id, p.capability, p.granted
from identity.staff as s
cross join (values ('mtl:review', true), ('floor:backdate', false)) as p (capability, granted)
where s.casino_id = tests.casino_id() and s.username = 'zoe';
create function tests.listed(search text default null) returns text[]
language plpgsql
as $$
begin
  return array(select a.username from identity.staff_accounts(search => search) as a);
end
$$;

select tests.sign_in('root');
select is(
  tests.listed(), array['deal', 'root', 'zoe', 'mmay'], 'the own people, active ones first, no feed'
);
select is(
  (
    select string_agg(a.username || ' ' || a.signs_in, ', ' order by a.username)
    from identity.staff_accounts() as a
  ),
  'deal false, mmay true, root true, zoe true', 'of whom dealers never sign in'
);
select is(
  (
    select string_agg(a.username || ' ' || a.changeable, ', ' order by a.username)
    from identity.staff_accounts() as a
  ),
  'deal true, mmay true, root false, zoe true', 'and nobody changes their own account'
);
select is(tests.listed('m'), array['mmay'], 'by the beginning of a name or user name');
select is(tests.listed('quick'), array['zoe'], 'or of the last name');
select is(tests.listed('alien'), array[]::text[], 'nobody of another casino');
select is(
  (
    select row(a.added, a.withdrawn) from identity.staff_accounts(search => 'zoe') as a
  ),
  row(array['mtl:review'], array['floor:backdate']), 'with exceptions from the role'
);
select is(
  (select a.capabilities from identity.staff_accounts(search => 'zoe') as a),
  array[
    'floor:rate', 'loyalty:approve', 'loyalty:award', 'loyalty:redeem', 'mtl:create',
    'mtl:review', 'mtl:view'
  ],
  'and what that comes to'
);
select is(
  (
    select count(*)::integer from identity.access_review() as r
    where r.username in ('feed', 'alien')
  ),
  0, 'a review is of the same people'
);
select is(
  (
    select row(r.held, r.source, r.active) from identity.access_review() as r
    where r.username = 'zoe' and r.capability = 'floor:backdate'
  ),
  row(false, 'withdrawn'::text, true), 'what was withdrawn is shown as not held'
);

select * from finish();
rollback;
