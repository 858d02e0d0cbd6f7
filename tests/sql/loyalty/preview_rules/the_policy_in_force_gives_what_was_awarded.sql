begin;
set local search_path to pgtap, public;
select plan(21);

select tests.casino('TPREV');
select tests.person('mark', 'marketing');
select tests.person('mia', 'marketing');
select tests.person('ann', 'pit_boss');
-- Close to the next tier, so that some slips are awarded in one and some in another.
select tests.player('P1', 9000);
select tests.player('P2');

create function tests.play(
  card text, day date, clock text, minutes integer, bet numeric, seat integer, place text
) returns text
language sql
begin atomic
  select string_agg(
    tests.happens(
      format('%s %s %s %s', card, day, clock, e.type), e.at, e.type,
      jsonb_build_object('card', card) || e.fields
    ),
    ' ' order by e.at, e.no
  )
  from (values
    (1, tests.at(clock, day::text), 'visit_opened', '{}'::jsonb),
    (
      2, tests.at(clock, day::text), 'slip_opened',
      jsonb_build_object('table', place, 'seat', seat, 'average_bet', bet)
    ),
    (
      3, tests.at(clock, day::text) + make_interval(mins => minutes), 'visit_closed', '{}'
    )
  ) as e (no, at, type, fields);
end;
create function tests.preview(first_day date, last_day date, draft_id uuid default null)
returns text
language sql
return (
  select p.slips || ' slips, ' || p.awarded || ' awarded, ' || p.previewed || ' previewed'
  from loyalty.preview_rules(first_day, last_day, draft_id) as p
);
-- The key of a draft names it.
create function tests.draft(key text, policy jsonb, tiers jsonb default null) returns void
language sql
begin atomic
  select loyalty.draft_rules('because of summer', key, policy, tiers);
end;
create function tests.drafted(key text) returns uuid
language sql
stable
security definer
return (
  select d.loyalty_draft_id
  from loyalty.loyalty_draft as d
  where d.casino_id = tests.casino_id() and d.idempotency_key = key
);

select tests.play('P1', '2025-03-03', '20:00', 60, 100, 1, 'T1');
select tests.play('P1', '2025-03-04', '20:00', 90, 37.5, 1, 'T1');
select tests.play('P2', '2025-03-04', '20:00', 77, 25, 2, 'C1');
select tests.play('P2', '2025-03-05', '05:30', 20, 25, 2, 'C1');
select tests.play('P2', '2025-03-05', '20:00', 3, 0.01, 2, 'C1');
select tests.play('P2', '2025-03-06', '20:00', 60, 200, 2, 'T2');

select tests.sign_in('ann');
select throws_ok(
  $$ select tests.preview('2025-03-03', '2025-03-06') $$, 'IDFRB', null, 'it needs loyalty:view_all'
);
select tests.sign_in('mark');
select tests.draft('seats', '{"seat_bonus_rate": 0.1}');
select tests.draft('volume', '{"volume_bonus": 2}');
select tests.draft('theo', '{"name": "theo"}');
select tests.draft('tiers', null, '[
    {"tier": "B", "threshold_points": 0, "multiplier": 1},
    {"tier": "S", "threshold_points": 9000, "multiplier": 2}
  ]');
select tests.draft('both', '{"apply_tier_multiplier": false}', '[
    {"tier": "B", "threshold_points": 0, "multiplier": 1},
    {"tier": "S", "threshold_points": 9000, "multiplier": 2}
  ]');
select throws_ok(
  $$ select tests.preview('2025-03-06', '2025-03-03') $$, 'LYPRD', null, 'first day, last day'
);
select throws_ok(
  $$ select tests.preview('2024-01-01', '2025-03-03') $$, 'LYPRD', null, 'of a year at most'
);
select throws_ok(
  $$ select tests.preview('2025-03-03', null) $$, 'LYPRD', null, 'both of them'
);
select throws_ok(
  $$ select tests.preview('2025-03-03', '2025-03-03', uuidv7()) $$, 'LYDFT', null, 'a draft'
);
select is(
  tests.preview('2025-03-03', '2025-03-06'),
  (
    select '6 slips, ' || sum(l.points_change) || ' awarded, ' || sum(l.points_change)
      || ' previewed'
    from loyalty.loyalty_ledger as l
    where l.transaction_type = 'GAMEPLAY'
  ),
  'what was awarded is what the policy in force gives'
);
select results_eq(
  $$
    select l.game, l.tier, l.slips, l.awarded
    from loyalty.preview_rules('2025-03-03', '2025-03-06') as p
    cross join unnest(p.lines) as l
    order by l.game, l.tier
  $$,
  $$
    select
      case s.seat_no when 2 then case s.opened_at >= tests.at('06:00', '2025-03-06')
        when true then 'golden' else 'craps' end else 'golden' end,
      coalesce(l.tier_before, 'BRONZE'), count(*), sum(coalesce(l.points_change, 0))::bigint
    from floor.rating_slip as s
    left join loyalty.loyalty_ledger as l
      on l.rating_slip_id = s.rating_slip_id and l.transaction_type = 'GAMEPLAY'
    group by 1, 2
    order by 1, 2
  $$,
  'by game and tier held before'
);
select is(
  (
    select array_agg(distinct l.tier order by l.tier)
    from loyalty.preview_rules('2025-03-03', '2025-03-06') as p
    cross join unnest(p.lines) as l
  ),
  array['BRONZE', 'SILVER'], 'some had a tier already'
);
select is(
  (select count(*)::text from loyalty.loyalty_ledger as l where l.transaction_type = 'GAMEPLAY'),
  '5', 'a slip worth nothing has no entry'
);
select is(
  tests.preview('2025-03-05', '2025-03-05'), '1 slips, 0 awarded, 0 previewed', 'and is a slip'
);
select is(
  tests.preview('2025-03-04', '2025-03-04'),
  (
    select '3 slips, ' || sum(l.points_change) || ' awarded, ' || sum(l.points_change)
      || ' previewed'
    from loyalty.loyalty_ledger as l
    where l.transaction_type = 'GAMEPLAY' and l.gaming_day = '2025-03-04'
  ),
  'a day ends at its own hour'
);
select is(
  tests.preview('2025-03-01', '2025-03-02'), '0 slips, 0 awarded, 0 previewed', 'an empty period'
);
select is(
  (loyalty.preview_rules('2025-03-03', '2025-03-03')).sentence,
  'The gaming day from 2025-03-03 to 2025-03-03 would have cost 1,620 points instead of 1,620.',
  'in a sentence'
);
select matches(
  (
    loyalty.preview_rules(
      '2025-02-28', '2025-03-06', tests.drafted('seats')
    )
  ).sentence,
  '^The 7 gaming days from 2025-02-28 to 2025-03-06 would have cost [0-9,]+ points instead of '
  '[0-9,]+\.$', 'of the week'
);

-- One slip by hand: 60 decisions of 2.70, that is 1620 points.
select is(
  tests.preview('2025-03-03', '2025-03-03', tests.drafted('volume')),
  '1 slips, 1620 awarded, 1620 previewed', '60 decisions are no more than 60'
);
select is(
  tests.preview('2025-03-03', '2025-03-03', tests.drafted('tiers')),
  '1 slips, 1620 awarded, 3240 previewed', 'other tiers, by the lifetime points held then'
);
select is(
  tests.preview('2025-03-03', '2025-03-03', tests.drafted('both')),
  '1 slips, 1620 awarded, 1620 previewed', 'both drafted'
);
select is(
  (
    select loyalty.preview_rules('2025-03-05', '2025-03-05', tests.drafted('theo'))
  ).previewed,
  0::bigint, 'nothing stays nothing'
);

-- What is reversed afterwards was awarded all the same.
select tests.sign_out();
select is(
  tests.happens(
    'reversed', tests.at('23:00', '2025-03-06'), 'reverse',
    jsonb_build_object(
      'card', 'P1', 'ref', 'P1 2025-03-03 20:00 visit_closed', 'reason', 'wrong player'
    )
  ),
  'applied', 'an award is taken back'
);
select tests.sign_in('mark');
select is(
  tests.preview('2025-03-03', '2025-03-06'),
  (
    select '6 slips, ' || sum(l.points_change) || ' awarded, ' || sum(l.points_change)
      || ' previewed'
    from loyalty.loyalty_ledger as l
    where l.transaction_type = 'GAMEPLAY'
  ),
  'the preview is as before'
);
select is(
  (
    select sum(l.slips)
    from loyalty.preview_rules('2025-03-03', '2025-03-06') as p
    cross join unnest(p.lines) as l
  ),
  6::numeric, 'the lines add up'
);

select * from finish();
rollback;
