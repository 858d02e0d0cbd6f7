-- One after the other in one session, as the demo and a replay do it.

begin;
set local search_path to pgtap, public;
select plan(2);

select tests.casino('TNEWA');
select tests.casino('TNEWB');
select tests.casino('TNEWC', '{"policy": "theo"}');
select results_eq(
  $$
    select
      c.code,
      (select count(*) from loyalty.loyalty_tier as t where t.casino_id = c.casino_id),
      (select count(*) from loyalty.loyalty_policy as p where p.casino_id = c.casino_id),
      (select count(*) from floor.game_settings as g where g.casino_id = c.casino_id),
      (select count(*) from floor.gaming_table as t where t.casino_id = c.casino_id),
      (select count(*) from compliance.threshold_policy as t where t.casino_id = c.casino_id),
      (select count(*) from identity.role_capability as r where r.casino_id = c.casino_id)
    from identity.casino as c
    where c.code in ('TNEWA', 'TNEWB', 'TNEWC')
    order by c.code
  $$,
  $$
    select code, 4::bigint, 3::bigint, 2::bigint, 3::bigint, 1::bigint, 31::bigint
    from unnest(array['TNEWA', 'TNEWB', 'TNEWC']) as u (code)
    order by code
  $$,
  'tiers, policies, games, tables, thresholds and what roles bring'
);
select is(
  (select count(distinct c.casino_id)::integer from identity.casino as c
    where c.code in ('TNEWA', 'TNEWB', 'TNEWC')),
  3, 'each with a number of its own'
);

select * from finish();
rollback;
