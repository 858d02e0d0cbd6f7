begin;
set local search_path to pgtap, public;
select plan(2);

select tests.casino('TMEME');
select tests.person('sup', 'floor_supervisor');
select tests.sign_in('sup');
select results_eq(
  $$
    select m.username, m.display_name, m.role, m.casino_id, m.casino_code, m.casino_name,
      m.timezone, m.gaming_day, m.capabilities
    from identity.me() as m
  $$,
  $$
    select 'sup', 'Sup', 'floor_supervisor', tests.casino_id(), 'TMEME', 'House of TMEME',
      'America/Los_Angeles',
      ((now() at time zone 'America/Los_Angeles') - interval '6 hours')::date,
      array['floor:rate', 'loyalty:award', 'mtl:create']
  $$,
  'person, casino, its gaming day and what they may do'
);
select set_config('pit.session', '', true);
select throws_ok($$ select identity.me() $$, 'IDUNA', null, 'or that nobody is');

select * from finish();
rollback;
