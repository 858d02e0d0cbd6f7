-- Golden figures of a slip: bet 100, edge 2.7, 60 an hour, 7 seats, one hour: 1620 points.

begin;
set local search_path to pgtap, public;
select plan(22);

select tests.casino('TPROM');
select tests.person('boss', 'pit_boss');
select tests.person('mark', 'marketing');
select tests.person('mila', 'marketing');
-- A published campaign, as two people make it.
create function tests.campaign(
  name text,
  multiplier numeric,
  changes jsonb default '{}'
) returns void
language plpgsql
as $$
declare
  v_role text := current_setting('role');
  v_session text := current_setting('pit.session', true);
  v_id uuid;
begin
  perform tests.sign_in('mark');
  v_id := ((
    loyalty.create_promotion(
      campaign.name,
      coalesce((changes ->> 'from')::timestamptz, now() - interval '1 hour'),
      coalesce((changes ->> 'until')::timestamptz, now() + interval '1 hour'),
      campaign.multiplier, coalesce((changes ->> 'budget')::bigint, 100000), campaign.name,
      case
        when changes ? 'games'
          then array(select jsonb_array_elements_text(changes -> 'games'))
      end,
      case
        when changes ? 'table' then array[tests.table_id(changes ->> 'table')]
      end,
      case
        when changes ? 'tiers'
          then array(select jsonb_array_elements_text(changes -> 'tiers'))
      end
    )
  ).promotion).promotion_id;
  if not changes ? 'draft' then
    perform tests.sign_in('mila');
    perform loyalty.publish_promotion(v_id);
  end if;
  perform set_config('role', v_role, true);
  perform set_config('pit.session', coalesce(v_session, ''), true);
end
$$;
create function tests.complete(card text) returns floor.rating_slip_completion
language sql
return floor.complete_rating_slip(tests.slip_id(card));
create function tests.given(card text) returns text
language sql
security definer
return (
  select coalesce(
    string_agg(
      format('%s %s %s', e.transaction_type, e.points_change, e.reason), '; ' order by e.entry_no
    ),
    'nothing'
  )
  from tests.entries(card) as e
);

select tests.player(format('P%s', n)) from generate_series(1, 9) as n;
select tests.player('G1', 50000);

select tests.campaign('half more', 1.5);
select tests.campaign('a tenth', 1.1);
select tests.campaign('craps only', 3, '{"games": ["craps"]}');
select tests.campaign('table two', 2, '{"table": "T2"}');
select tests.campaign('for gold', 2, '{"tiers": ["GOLD", "PLATINUM"]}');
select tests.campaign('a draft', 5, '{"draft": true}');
select tests.campaign('is over', 5, jsonb_build_object('until', now() - interval '1 minute'));
select tests.campaign('to come', 5, jsonb_build_object('from', now() + interval '1 minute'));

select tests.seat('P1', 'T1', 1);
select tests.sign_in('boss');
select row_eq(
  $$
    select
      c.outcome, c.points, c.promotion_points, c.current_balance, c.lifetime_points,
      (c.ledger_entry).transaction_type
    from tests.complete('P1') as c
  $$,
  row(
    'awarded'::text, 1620::bigint, 972::bigint, 2592::bigint, 2592::bigint,
    'GAMEPLAY'::loyalty.transaction_type
  ),
  'the slip earns what it is worth, and campaigns give on top'
);
select is(
  tests.given('P1'),
  'GAMEPLAY 1620 ; PROMOTION 810 half more; PROMOTION 162 a tenth',
  'each in an entry of its own, of what play earned'
);
select row_eq(
  $$
    select
      e.event_type, e.source, e.tier_before, e.rating_slip_id, e.visit_id,
      e.idempotency_key like 'pit:promotion:%:' || tests.slip_id('P1'),
      e.balance_before, e.staff_id is not null
    from tests.entries('P1') as e
    where e.entry_no = 2
  $$,
  row(
    'RATING_SLIP_COMPLETED'::text, 'promotion'::loyalty.entry_source, 'BRONZE'::text,
    tests.slip_id('P1'), tests.visit_id('P1'), true, 1620::bigint, true
  ),
  'that names the slip'
);
select results_eq(
  $$
    select p.name, a.entry_no, a.points, p.points_awarded, p.slips_awarded
    from loyalty.promotion_award as a
    join loyalty.promotion as p using (casino_id, promotion_id)
    order by a.entry_no
  $$,
  $$
    values
      ('half more', 2::bigint, 810::bigint, 810::bigint, 1),
      ('a tenth', 3, 162, 162, 1)
  $$,
  'and belongs to its campaign, whose budget it uses'
);
select row_eq(
  $$
    select c.outcome, c.points, c.promotion_points, c.current_balance from tests.complete('P1') as c
  $$,
  row('replayed'::text, 1620::bigint, 972::bigint, 2592::bigint),
  'completing again gives the same and nothing more'
);
select is((tests.standing('P1')).last_entry_no, 3::bigint, 'there are three entries');
select tests.sign_out();

select tests.seat('P2', 'T2', 1);
select tests.seat('P3', 'C1', 1);
select tests.seat('G1', 'T1', 2);
select tests.sign_in('boss');
select tests.complete(n) from unnest('{P2,P3,G1}'::text[]) as n;
select matches(tests.given('P2'), '1620 table two$', 'a table''s campaign');
select matches(tests.given('P3'), 'GAMEPLAY 758 ;.*PROMOTION 1516 craps only$', 'a game''s');
select matches(tests.given('G1'), 'PROMOTION 2430 for gold$', 'a tier''s');
select is(
  (select count(*)::integer from loyalty.promotion_award as a
    join loyalty.promotion as p using (casino_id, promotion_id)
    where p.name in ('a draft', 'is over', 'to come')),
  0, 'nothing of a draft, nor before or after the window'
);
select tests.sign_in('mark');
select loyalty.end_promotion(p.promotion_id, 'the test goes on')
from loyalty.promotion as p
where p.name not in ('a draft');

-- Rounding half-up, and a bonus that is nothing.
select tests.sign_out();
select tests.campaign('a hair', 1.025, jsonb_build_object('table', 'T1'));
select tests.seat('P4', 'T1', 1, 100);
select tests.seat('P5', 'T1', 3, 1);
select tests.seat('P6', 'T1', 4, 0);
select tests.sign_in('boss');
select tests.complete(n) from unnest('{P4,P5,P6}'::text[]) as n;
select is(
  tests.given('P4'), 'GAMEPLAY 1620 ; PROMOTION 41 a hair', '1660.5 points are 1661'
);
select is(tests.given('P5'), 'GAMEPLAY 16 ', 'a bonus of 0 is no entry');
select is(tests.given('P6'), 'nothing', 'of no points there is nothing to multiply');
select is((tests.complete('P6')).promotion_points, 0::bigint, 'which the result says');

-- The budget: whole or not at all.
select tests.sign_out();
select tests.campaign('small purse', 2, '{"table": "T2", "budget": 2000}');
select tests.seat('P7', 'T2', 3, 100);
select tests.seat('P8', 'T2', 4, 100);
select tests.seat('P9', 'T2', 5, 10);
select tests.sign_in('boss');
select tests.complete(n) from unnest('{P7,P8,P9}'::text[]) as n;
select is(tests.given('P7'), 'GAMEPLAY 1620 ; PROMOTION 1620 small purse', 'the budget suffices');
select is(tests.given('P8'), 'GAMEPLAY 1620 ', 'not for as much again: then it gives nothing');
select is(tests.given('P9'), 'GAMEPLAY 162 ; PROMOTION 162 small purse', 'but for less it does');
select results_eq(
  $$
    select p.points_awarded, p.slips_awarded, loyalty.promotion_state(p)
    from loyalty.promotion as p
    where p.name = 'small purse'
  $$,
  $$ values (1782::bigint, 2, 'running') $$,
  'what is left stays'
);

-- A reversal takes one entry, and gives no budget back.
select tests.sign_in('mark');
select loyalty.reverse_entry(tests.player_id('P9'), 1, 'wrong player', 'k1');
select is((tests.standing('P9')).current_balance, 162::bigint, 'play is reversed on its own');
select loyalty.reverse_entry(tests.player_id('P9'), 2, 'wrong player', 'k2');
select is((tests.standing('P9')).lifetime_points, 0::bigint, 'and so is the campaign''s entry');
select is(
  (select p.points_awarded from loyalty.promotion as p where p.name = 'small purse'),
  1782::bigint, 'points that were given are given'
);
select tests.sign_out();
select throws_ok(
  $$ update loyalty.promotion set points_awarded = budget + 1 $$, '23514', null,
  'the table itself holds the budget'
);

select * from finish();
rollback;
