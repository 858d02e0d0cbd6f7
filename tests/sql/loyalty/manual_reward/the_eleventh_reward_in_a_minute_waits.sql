begin;
set local search_path to pgtap, public;
select plan(16);

select tests.casino('TPACE');
select tests.person('sup', 'floor_supervisor');
select tests.person('other', 'floor_supervisor');
select tests.player('P1');

create function tests.give(key text, points bigint default 10) returns text
language sql
return tests.refusal(
  format(
    'select loyalty.manual_reward(%L, %L, %L, %L)',
    tests.player_id('P1'), points, 'birthday present', key
  )
);

create function tests.age_rewards(of interval) returns void
language plpgsql
as $$
begin
  alter table loyalty.loyalty_ledger disable trigger loyalty_ledger_is_append_only;
  update loyalty.loyalty_ledger set created_at = created_at - of
  where casino_id = tests.casino_id() and transaction_type = 'MANUAL_BONUS';
  alter table loyalty.loyalty_ledger enable always trigger loyalty_ledger_is_append_only;
end
$$;

select tests.sign_in('sup');
select is((loyalty.reward_terms()).rewards_left, 10, 'ten may be given');
select is(
  (select string_agg(tests.give('r' || n), ',') from generate_series(1, 4) as n),
  'nothing,nothing,nothing,nothing', 'four pass'
);
select tests.sign_out();
select tests.age_rewards('25.5 seconds');
select tests.sign_in('sup');
select is((loyalty.reward_terms()).rewards_left, 6, 'six are left');
select is((loyalty.reward_terms()).retry_after_seconds, 0, 'without waiting');
select is(
  (select string_agg(distinct tests.give('r' || n), ',') from generate_series(5, 10) as n),
  'nothing', 'six more pass'
);
select is(tests.give('r11'), 'RATE_LIMIT_EXCEEDED', 'the eleventh doesn''t');
select is(
  tests.refusal_details($$
    select loyalty.manual_reward(tests.player_id('P1'), 1, 'one too many', 'r11')
  $$),
  '{"retryAfterSeconds": 35}', 'it says when the oldest of the ten is a minute old, rounded up'
);
select is((loyalty.reward_terms()).rewards_left, 0, 'none is left');
select is((loyalty.reward_terms()).retry_after_seconds, 35, 'and when there will be');
select is(tests.give('r3'), 'nothing', 'a replay passes, it uses nothing up');
select is(
  (loyalty.manual_reward(tests.player_id('P1'), 10, 'birthday present', 'r3')).replayed,
  true, 'as a replay'
);
select is(
  tests.give('request', 5000), 'RATE_LIMIT_EXCEEDED', 'asking for approval has the same pace'
);
select tests.sign_in('other');
select is(tests.give('theirs'), 'nothing', 'a colleague has ten of their own');
select tests.sign_out();
select tests.age_rewards('34.4 seconds');
select tests.sign_in('sup');
select is(tests.give('r12'), 'RATE_LIMIT_EXCEEDED', 'after 59.9 seconds still not');
select tests.sign_out();
select tests.age_rewards('0.1 seconds');
select tests.sign_in('sup');
select is((loyalty.reward_terms()).rewards_left, 4, 'after 60 seconds the first four are free');
select is(
  (select string_agg(tests.give('s' || n), ',') from generate_series(1, 5) as n),
  'nothing,nothing,nothing,nothing,RATE_LIMIT_EXCEEDED', 'four more, and no fifth'
);

select * from finish();
rollback;
