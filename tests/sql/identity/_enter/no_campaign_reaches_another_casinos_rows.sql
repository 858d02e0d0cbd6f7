begin;
set local search_path to pgtap, public;
select plan(9);

select tests.casino('TRECA');
select tests.person('ann', 'marketing');
select tests.player('A1', 500);
select set_config('tests.table_a', tests.table_id('T1')::text, true);
select tests.sign_in('ann');
select loyalty.create_promotion('of A', now(), now() + interval '1 hour', 2, 500, 'k');
select set_config('tests.promotion_a', p.promotion_id::text, true) from loyalty.promotion as p;
select tests.sign_out();
create function tests.a(what text) returns uuid
language sql
return current_setting('tests.' || what || '_a')::uuid;

select tests.casino('TRECB');
insert into loyalty.loyalty_policy
select (tests.policy('pt1', jsonb_build_object(
  'loyalty_policy_id', uuidv7(), 'version', 2, 'effective_from', '2025-01-01T00:00:00Z',
  'points_valid_days', 30
))).*;
select tests.player('B1', 70);
select tests.person('bob', 'marketing');
select tests.person('boss', 'pit_boss');
select tests.sign_in('bob');

select throws_ok(
  $$ select loyalty.publish_promotion(tests.a('promotion')) $$, 'LYPNF', null, 'publish theirs'
);
select throws_ok(
  $$ select loyalty.end_promotion(tests.a('promotion'), 'x') $$, 'LYPNF', null, 'or end it'
);
select throws_ok(
  $$
    select loyalty.create_promotion(
      'B', now(), now() + interval '1 hour', 2, 500, 'k', table_ids => array[tests.a('table')]
    )
  $$,
  'LYPIN', null, 'a campaign at their table'
);
select is_empty($$ select p.promotion_id from loyalty.promotion as p $$, 'see theirs');
select results_eq(
  $$ select n.card_no, n.points from loyalty.expiry_notices() as n $$,
  $$ values ('B1', 70::bigint) $$, 'their points'
);
select is(
  (select sum(l.points)::bigint from loyalty.liability() as l), 70::bigint, 'what they owe'
);
select is((loyalty.liability_summary()).points, 70::bigint, 'in all');
select is(
  (select max(d.closing) from loyalty.liability_roll_forward() as d), 70::bigint, 'or day by day'
);

-- A campaign of theirs is none of ours.
select tests.sign_out();
update loyalty.promotion
set published_at = now(), starts_at = now() - interval '2 hours', published_by = gen_random_uuid()
where promotion_id = tests.a('promotion');
select tests.seat('B1');
select tests.sign_in('boss');
select is(
  (floor.complete_rating_slip(tests.slip_id('B1'))).promotion_points, 0::bigint,
  'their campaign gives our players nothing'
);

select * from finish();
rollback;
