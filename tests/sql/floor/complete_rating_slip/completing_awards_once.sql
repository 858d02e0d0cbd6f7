begin;
set local search_path to pgtap, public;
select plan(8);

select tests.casino('TDONE');
select tests.person('sup', 'floor_supervisor');
select tests.person('other', 'floor_supervisor');
select tests.player('P1', 10000);
select tests.seat('P1', 'T1', 1, 100, '1 hour');
select set_config('pit.correlation_id', 'first-call', true);
select tests.sign_in('sup');

select results_eq(
  $$
    select
      c.outcome, c.replayed, c.points, c.theoretical_win, c.current_balance, c.lifetime_points,
      c.tier, c.tier_progress, c.correlation_id, (c.rating_slip).state,
      (c.rating_slip).accumulated_seconds, (c.rating_slip).average_bet,
      (c.ledger_entry).points_change
    from floor.complete_rating_slip(tests.slip_id('P1')) as c
  $$,
  $$
    values (
      'awarded', false, 2025::bigint, 162.00, 12025::bigint, 12025::bigint, 'SILVER', 5,
      'first-call', 'closed', 3600, 100.00, 2025::bigint
    )
  $$,
  'telemetry, points with the tier before, standing and correlation id'
);
select results_eq(
  $$
    select e.transaction_type::text, e.event_type, e.source::text, e.rating_slip_id, e.visit_id,
      e.correlation_id, e.idempotency_key, e.occurred_at
    from tests.entries('P1') as e
    where e.entry_no = 2
  $$,
  $$
    select 'GAMEPLAY', 'RATING_SLIP_COMPLETED', 'system', tests.slip_id('P1'),
      tests.visit_id('P1'), 'first-call', 'pit:slip:' || tests.slip_id('P1'), now()
  $$,
  'one entry under the slip''s own key'
);
select set_config('pit.correlation_id', 'second-call', true);
select tests.sign_in('other');
select results_eq(
  $$
    select
      c.outcome, c.replayed, c.points, c.theoretical_win, c.current_balance,
      (c.ledger_entry).entry_no, c.correlation_id
    from floor.complete_rating_slip(tests.slip_id('P1')) as c
  $$,
  $$ values ('replayed', true, 2025::bigint, 162.00, 12025::bigint, 2::bigint, 'first-call') $$,
  'completing again gives the first result'
);
select is(
  (loyalty.recover_slip_loyalty(tests.slip_id('P1'))).outcome, 'replayed', 'so does recovering'
);
select throws_ok(
  $$ select floor.complete_rating_slip(gen_random_uuid()) $$, 'RSNFD', null, 'no such slip'
);
select throws_ok($$ select floor.complete_rating_slip(null) $$, 'RSNFD', null, 'no slip at all');
select tests.sign_out();
select is((select count(*)::integer from tests.entries('P1')), 2, 'there is one entry for it');
select is(
  (select s.username from identity.staff as s join tests.entries('P1') as e using (staff_id)
    where e.entry_no = 2),
  'sup', 'with who completed it'
);

select * from finish();
rollback;
