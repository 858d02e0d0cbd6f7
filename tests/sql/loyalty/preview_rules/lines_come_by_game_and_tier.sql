begin;
set local search_path to pgtap, public;
select plan(3);

select tests.casino('TPLIN');
select tests.person('mark', 'marketing');
select tests.player('P1', 60000);
select tests.player('P2', 12000);
select tests.player('P3');
create function tests.play(card text, seat integer) returns text
language sql
begin atomic
  select string_agg(
    tests.happens(
      e.type || card, tests.at(e.clock), e.type, e.fields || jsonb_build_object('card', card)
    ),
    ' ' order by e.clock, e.type desc
  )
  from (values
    ('20:00', 'visit_opened', '{}'::jsonb),
    (
      '20:01', 'slip_opened',
      jsonb_build_object('table', 'T1', 'seat', play.seat, 'average_bet', 100)
    ),
    ('21:00', 'visit_closed', '{}')
  ) as e (clock, type, fields);
end;
select tests.play('P1', 1);
select tests.play('P2', 2);
select is(tests.play('P3', 3), 'applied applied applied', 'three players of three tiers');

select tests.sign_in('mark');
select is(
  (
    select string_agg(l.tier, ' ' order by l.no)
    from loyalty.preview_rules('2025-03-03', '2025-03-03') as p
    cross join lateral unnest(p.lines) with ordinality as l (
      game, game_name, tier, slips, awarded, previewed, no
    )
  ),
  'BRONZE SILVER GOLD', 'of a game, the lowest tier comes first'
);
select tests.sign_out();
insert into loyalty.loyalty_tier (
  casino_id, effective_from, threshold_points, next_threshold_points, tier, multiplier
)
values
  (tests.casino_id(), now() + interval '1 day', 0, 100, 'GOLD', 1),
  (tests.casino_id(), now() + interval '1 day', 100, null, 'BRONZE', 1);
select tests.sign_in('mark');
select is(
  (
    select string_agg(l.tier, ' ' order by l.no)
    from loyalty.preview_rules('2025-03-03', '2025-03-03') as p
    cross join lateral unnest(p.lines) with ordinality as l (
      game, game_name, tier, slips, awarded, previewed, no
    )
  ),
  'BRONZE SILVER GOLD', 'by the tiers that have begun, not by those that are planned'
);

select * from finish();
rollback;
