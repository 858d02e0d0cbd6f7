begin;
set local search_path to pgtap, public;
select plan(10);

select tests.casino('TROLL');
select tests.person('boss', 'pit_boss');
select tests.person('mark', 'marketing');
select tests.player(format('P%s', n)) from generate_series(1, 3) as n;
create function tests.event(key text, type text, day text, card text, points bigint, ref text)
returns text
language sql
return tests.happens(
  key, tests.at('12:00', day), type,
  jsonb_strip_nulls(jsonb_build_object(
    'card', card, 'points', points, 'reason', 'a reason for it', 'ref', ref
  ))
);
select tests.event('a', 'reward', '2025-03-01', 'P1', 1000, null);
select tests.event('b', 'reward', '2025-03-03', 'P1', 500, null);
select tests.event('c', 'redeem', '2025-03-03', 'P1', 300, null);
select tests.event('d', 'reward', '2025-03-03', 'P2', 200, null);
select tests.event('e', 'reverse', '2025-03-04', null, null, 'd');
select tests.event('f', 'redeem', '2025-03-04', 'P1', 100, null);
select tests.event('g', 'reverse', '2025-03-06', null, null, 'f');
-- An entry that arrives late, of a day long past.
select tests.event('h', 'reward', '2025-02-01', 'P3', 7, null);

select tests.sign_in('mark');
select results_eq(
  $$
    select d.gaming_day, d.opening, d.earned, d.earned_as_reward, d.redeemed, d.expired,
      d.adjusted, d.of_it_reversals, d.closing
    from loyalty.liability_roll_forward('2025-03-02', '2025-03-06') as d
  $$,
  $$
    values
      ('2025-03-02'::date, 1007::bigint, 0::bigint, 0::bigint, 0::bigint, 0::bigint, 0::bigint,
        0::bigint, 1007::bigint),
      ('2025-03-03', 1007, 700, 700, 300, 0, 0, 0, 1407),
      ('2025-03-04', 1407, 0, 0, 100, 0, -200, -200, 1107),
      ('2025-03-05', 1107, 0, 0, 0, 0, 0, 0, 1107),
      ('2025-03-06', 1107, 0, 0, 0, 0, 100, 100, 1207)
  $$,
  'every day has what came and what went'
);
select tests.sign_out();

-- Entries of every kind, today.
insert into loyalty.loyalty_policy
select (tests.policy('pt1', jsonb_build_object(
  'loyalty_policy_id', uuidv7(), 'version', 2, 'effective_from', '2025-01-01T00:00:00Z',
  'points_valid_days', 365
))).*;
select tests.person('mila', 'marketing');
select tests.sign_in('mark');
select loyalty.create_promotion(
  'd', now() - interval '1 hour', now() + interval '1 hour', 2, 9000, 'k'
);
select tests.sign_in('mila');
select loyalty.publish_promotion(p.promotion_id) from loyalty.promotion as p;
select tests.sign_out();
select tests.seat('P2');
select tests.sign_in('boss');
select floor.complete_rating_slip(tests.slip_id('P2'));
select loyalty.manual_reward(tests.player_id('P2'), 30, 'lost chips found', 'k1');
select loyalty.redeem(tests.player_id('P2'), 45, 'dinner', 'k2');
select tests.sign_out();
create function tests.expire() returns loyalty.expiry_batch
language plpgsql
as $$
declare
  v_actor identity.actor;
  v_batch loyalty.expiry_batch;
begin
  perform set_config('pit.casino', tests.casino_id()::text, true);
  select c.casino_id, null, null, c.timezone, c.gaming_day_start, 'the-run', null
  into v_actor
  from identity.casino as c
  where c.casino_id = tests.casino_id();
  v_batch := loyalty._expire_points(v_actor, now());
  -- An adjustment, as two people's decision would post it.
  perform loyalty._post_entry(
    v_actor, tests.player_id('P3'), 11, 11, 'ADJUSTMENT', 'POINTS_UPDATE_REQUESTED', 'adjustment',
    'a reason for it', null, 'adjust', '\x00', now()
  );
  perform set_config('pit.casino', '', true);
  return v_batch;
end
$$;
select is((tests.expire()).points, 1207::bigint, 'what was old expired');
select tests.sign_in('mark');
select row_eq(
  $$
    select d.opening, d.earned, d.earned_by_play, d.earned_as_reward, d.earned_in_promotions,
      d.redeemed, d.expired, d.adjusted, d.of_it_reversals, d.closing
    from loyalty.liability_roll_forward() as d
    order by d.gaming_day desc
    limit 1
  $$,
  row(
    1207::bigint, 3270::bigint, 1620::bigint, 30::bigint, 1620::bigint,
    45::bigint, 1207::bigint, 11::bigint, 0::bigint, 3236::bigint
  ),
  'today, by default the last of 30 days'
);
select is(
  (select count(*)::integer from loyalty.liability_roll_forward()), 30, 'of which there are 30'
);
select is(
  (
    select d.closing
    from loyalty.liability_roll_forward() as d
    order by d.gaming_day desc
    limit 1
  ),
  (select sum(p.current_balance)::bigint from loyalty.player_loyalty as p),
  'the last closing is the sum of all balances'
);
select is_empty(
  $$
    select d.*
    from (
      select r.*, lag(r.closing) over (order by r.gaming_day) as before
      from loyalty.liability_roll_forward('2025-01-20', '2025-06-30') as r
    ) as d
    where d.opening + d.earned - d.redeemed - d.expired + d.adjusted <> d.closing
      or d.before <> d.opening
      or d.earned <> d.earned_by_play + d.earned_as_reward + d.earned_in_promotions
  $$,
  'every day adds up, and begins as the one before ended'
);
select throws_ok(
  $$ select * from loyalty.liability_roll_forward('2025-03-02', '2025-03-01') $$, 'LYPRD', null,
  'the days are in order'
);
select throws_ok(
  $$ select * from loyalty.liability_roll_forward('2025-03-02', '2026-04-06') $$, 'LYPRD', null,
  'at most 400'
);
select throws_ok(
  $$ select * from loyalty.liability_roll_forward('-infinity', 'infinity') $$, 'LYPRD', null,
  'of a calendar'
);
select tests.sign_in('boss');
select throws_ok(
  $$ select * from loyalty.liability_roll_forward() $$, 'IDFRB', null, 'for those who may view all'
);

select * from finish();
rollback;
