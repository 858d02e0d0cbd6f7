begin;
set local search_path to pgtap, public;
select plan(3);

select tests.casino('TSUMS');
select tests.person('boss', 'pit_boss');
select tests.person('mark', 'marketing');
select tests.player('P1', 25000);
select tests.player('P2', 1);
select tests.player('P3');
select tests.seat('P1', 'T1', 1);
select tests.sign_in('boss');
select floor.complete_rating_slip(tests.slip_id('P1'));
select loyalty.manual_reward(tests.player_id('P2'), 40, 'lost chips found', 'k1');
select loyalty.redeem(tests.player_id('P1'), 12345, 'dinner', 'k2');
select tests.sign_in('mark');
select loyalty.reverse_entry(tests.player_id('P2'), 2, 'twice', 'k3');
select tests.sign_out();

select is(
  (select count(*)::integer from loyalty.loyalty_ledger where casino_id = tests.casino_id()), 8,
  'there are entries of several kinds'
);
select is_empty(
  $$
    select p.player_id, p.current_balance, p.lifetime_points, l.*
    from loyalty.player_loyalty as p
    cross join lateral (
      select
        coalesce(sum(e.points_change), 0) as balance,
        coalesce(sum(e.points_change) filter (
          where e.transaction_type <> 'REVERSAL' and e.points_change > 0
            or e.transaction_type = 'REVERSAL' and e.points_change < 0
        ), 0) as lifetime,
        coalesce(max(e.entry_no), 0) as last_entry_no
      from loyalty.loyalty_ledger as e
      where e.casino_id = p.casino_id and e.player_id = p.player_id
    ) as l
    where p.casino_id = tests.casino_id()
      and (p.current_balance, p.lifetime_points, p.last_entry_no)
        <> (l.balance, l.lifetime, l.last_entry_no)
  $$,
  'balance, lifetime points and last number equal what the ledger adds up to'
);
select is_empty(
  $$
    select p.player_id
    from loyalty.player_loyalty as p
    cross join lateral loyalty._tier_standing(p.casino_id, p.lifetime_points, now()) as s
    where p.casino_id = tests.casino_id()
      and (p.tier, p.tier_progress) is distinct from (s.tier, s.tier_progress)
  $$,
  'tier and progress follow from the lifetime points'
);

select * from finish();
rollback;
