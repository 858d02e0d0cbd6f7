begin;
set local search_path to pgtap, public;
select plan(11);

select tests.casino('TRUNS');
select tests.person('boss', 'pit_boss');
select tests.person('cash', 'cashier');
select tests.player('P1');
select tests.player('P2');
select tests.player('P3');
select tests.seat('P1', 'T1', 1, 100, '2 hours');
select tests.seat('P2', 'T1', 2, 50, '7 hours');
select tests.seat('P3', 'T1', 3, 200, '3 hours');
select tests.happens(
  'raise', now() - interval '1 hour', 'bet_observed', '{"card": "P1", "average_bet": 300}'
);
select tests.happens('away', now() - interval '19 minutes', 'slip_paused', '{"card": "P3"}');

create function tests.running(card text) returns loyalty.live_play
language sql
return (
  select r from loyalty.running_play() as r where r.rating_slip_id = tests.slip_id(card)
);

select tests.sign_in('boss');
select results_eq(
  $$ select r.accumulated_seconds, r.average_bet from (select (tests.running('P1')).*) as r $$,
  $$ values (7200, 200.00) $$,
  'a running slip counts until now, its bet weighted by time'
);
select is(
  (tests.running('P3')).accumulated_seconds, 9660, 'a paused one counts until its pause'
);
select is((tests.running('P1')).attention, null, 'two hours need no attention');
select is((tests.running('P2')).attention, 'long_slip', 'a slip of seven hours does');
select is((tests.running('P3')).attention, null, 'a pause of 19 minutes does not');

select tests.sign_out();
update identity.casino as c set long_pause = '19 minutes' where c.casino_id = tests.casino_id();
select tests.sign_in('boss');
select is(
  (tests.running('P3')).attention, 'long_pause', 'it does when the casino asks from 19 minutes on'
);

select set_config(
  'tests.wins',
  format('%s %s', (tests.running('P1')).theoretical_win, (tests.running('P2')).theoretical_win),
  true
);
select floor.complete_rating_slip(tests.slip_id('P1'));
select floor.complete_rating_slip(tests.slip_id('P2'));
select is(
  current_setting('tests.wins'),
  (
    select string_agg(round(o.theoretical_win, 2)::text, ' ' order by p.card_no)
    from floor.player as p
    cross join lateral loyalty.recover_slip_loyalty(
      (select s.rating_slip_id from floor.rating_slip as s where s.player_id = p.player_id)
    ) as o
    where p.card_no in ('P1', 'P2')
  ),
  'the theoretical win so far is what closing at that moment makes of it'
);
select is(
  (select count(*) from loyalty.running_play()), 1::bigint, 'a closed slip runs no more'
);

select tests.sign_in('cash');
select throws_ok(
  $$ select loyalty.running_play() $$, 'IDFRB', null, 'floor:rate is needed'
);
select tests.sign_out();
select throws_ok($$ select loyalty.running_play() $$, 'IDUNA', null, 'and a session');

select tests.casino('TRUN2');
select tests.person('other', 'pit_boss');
select tests.sign_in('other');
select is_empty($$ select loyalty.running_play() $$, 'another casino sees nothing of it');

select * from finish();
rollback;
