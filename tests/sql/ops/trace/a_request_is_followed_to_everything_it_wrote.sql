begin;
set local search_path to pgtap, public;
select plan(11);

select tests.casino('TTRCA');
select tests.person('ann', 'auditor');
select tests.person('boss', 'pit_boss');
select tests.person('cash', 'cashier');
select tests.player('A1');
select tests.seat('A1');
select set_config('tests.player_a', tests.player_id('A1')::text, true);

create function tests.traced(request text) returns text[]
language plpgsql
as $$
begin
  return array(select t.kind || ': ' || t.what from ops.trace(request) as t);
end
$$;

create function tests.number(kind text, what text) returns integer
language plpgsql
as $$
begin
  return (
    select count(*) from ops.trace('tr-1') as t
    where t.kind = number.kind and t.what ~ number.what
  );
end
$$;

select set_config('pit.correlation_id', 'tr-1', true);
select tests.sign_in('boss');
select floor.complete_rating_slip(tests.slip_id('A1'));
select loyalty.manual_reward(tests.player_id('A1'), 50, 'waited for a table', 'k1');
select loyalty.manual_reward(tests.player_id('A1'), 6000, 'a very long evening', 'k2');
select tests.sign_in('cash');
select tests.enter('A1', 'chip_purchase', 500);
select tests.sign_out();
select ops.record_refusal(
  current_setting('tests.session_boss'), 'manualReward', 'LYRTE', 'tr-1'
);
select set_config('pit.correlation_id', 'tr-2', true);
select tests.sign_in('boss');
select loyalty.manual_reward(tests.player_id('A1'), 60, 'waited for a drink', 'k3');
select tests.sign_in('ann');

select is(tests.number('slip event', '^closed$'), 1, 'events of slips');
select is(tests.number('ledger entry', '^GAMEPLAY \+\d+ points$'), 1, 'the slip''s award');
select is(tests.number('ledger entry', '^MANUAL_BONUS \+50 points$'), 1, 'the reward');
select is(
  tests.number('reward request', '^reward asked for$'), 1, 'the request for another'
);
select is(
  tests.number('cash entry', '^original chip_purchase in$'), 1, 'cash, without its amount'
);
select is(
  tests.number('refusal', '^refused manualReward RATE_LIMIT_EXCEEDED$'), 1, 'what was refused'
);
select is(
  (
    select count(*)::integer from ops.trace('tr-1') as t
    where t.player_id is distinct from tests.player_id('A1')
      and t.kind in ('slip event', 'ledger entry')
  ),
  0, 'about the player'
);
select is(
  array(select t.at from ops.trace('tr-1') as t),
  array(select t.at from ops.trace('tr-1') as t order by t.at), 'in order of time'
);
select is(
  tests.traced('tr-2'), array['ledger entry: MANUAL_BONUS +60 points'], 'another request is another'
);
select tests.sign_out();

select tests.casino('TTRCB');
select tests.person('eve', 'auditor');
select tests.person('guest', 'pit_boss');
select tests.sign_in('eve');
select is(tests.traced('tr-1'), array[]::text[], 'another casino''s request has left nothing here');
select tests.sign_in('guest');
select throws_ok($$ select ops.trace('tr-1') $$, 'IDFRB', null, 'it takes audit:view');

select * from finish();
rollback;
