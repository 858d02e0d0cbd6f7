begin;
set local search_path to pgtap, public;
select plan(11);

select tests.casino('TREVA', '{"policy": null}');
select tests.person('sup', 'floor_supervisor');
select tests.player('P1');
select tests.seat('P1', 'T1', 1, 100, '1 hour');
select tests.cash('P1', 'in', 'chip_purchase', 10400, tests.at('20:00'), key => 'k1');
select tests.sign_in('sup');
select is(
  (floor.complete_rating_slip(tests.slip_id('P1'))).outcome, 'pending', 'an award is pending'
);
select tests.sign_out();

create function tests.answer(question text, since interval) returns setof ops.review_line
language sql
volatile
begin atomic
  select r.*
  from identity.casino as c
  cross join lateral set_config('pit.casino', c.casino_id::text, true) as casino
  cross join lateral ops._review(c, now() - since) as r
  where c.code = 'TREVA' and r.question = answer.question;
end;

select results_eq(
  $$ select figure, is_off from tests.answer('pending awards', '48 hours') $$,
  $$ values (1::bigint, true) $$, 'which is off'
);
select results_eq(
  $$ select figure, is_off from tests.answer('CTR cases overdue', '48 hours') $$,
  $$ values (1::bigint, true) $$, 'as is a report that is overdue'
);
select results_eq(
  $$ select figure, is_off from tests.answer('reconciliations', '48 hours') $$,
  $$ values (0::bigint, true) $$, 'and that nobody has reconciled'
);
select is_empty(
  $$ select from tests.answer('gaming days without a seal', '48 hours') $$,
  'a casino that was opened today has no day to seal'
);
update graphile_worker._private_jobs as j
set attempts = 2, last_error = 'AWARD_PENDING', run_at = now() + interval '1 minute'
where j.payload ->> 'rating_slip_id' = tests.slip_id('P1')::text;
select results_eq(
  $$
    select label, figure, is_off
    from tests.answer('jobs that failed and will be tried again', '48 hours')
  $$,
  $$ values ('loyalty/recover_accruals', 1::bigint, true) $$, 'and a job that fails'
);
update graphile_worker._private_jobs as j
set attempts = max_attempts
where j.payload ->> 'rating_slip_id' = tests.slip_id('P1')::text;
select results_eq(
  $$ select label, figure, is_off from tests.answer('jobs given up', '48 hours') $$,
  $$ values ('loyalty/recover_accruals', 1::bigint, true) $$, 'or was given up'
);
update identity.casino set created_at = now() - interval '40 days' where code = 'TREVA';
select cmp_ok(
  (select count(*) from tests.answer('gaming days without a seal', '48 hours')), '>=', 1::bigint,
  'one that is older has'
);
select results_eq(
  $$ select distinct is_off from tests.answer('gaming days without a seal', '48 hours') $$,
  $$ values (true) $$, 'which is off'
);

insert into ops.audit_log (casino_id, action, details, correlation_id)
select c.casino_id, 'refused', d.details, 'r'
from identity.casino as c
cross join (
  values ('{"code": "FORBIDDEN"}'::jsonb), ('{"code": "FORBIDDEN", "times": 3}')
) as d (details)
where c.code = 'TREVA';
select results_eq(
  $$ select label, figure, is_off from tests.answer('refused', '48 hours') $$,
  $$ values ('FORBIDDEN', 4::bigint, false) $$, 'refusals are counted by code'
);
select is_empty(
  $$ select from tests.answer('refused', '-1 hour') $$, 'of the time that was asked for'
);

select * from finish();
rollback;
