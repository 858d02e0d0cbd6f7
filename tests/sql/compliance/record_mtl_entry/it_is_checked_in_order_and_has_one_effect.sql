-- Worked cases D17 and D18 as far as one connection goes (at once: tests/api), keys, the guard
-- against duplicates, times, capabilities and who is meant.

begin;
set local search_path to pgtap, public;
select plan(43);

select tests.casino('RCHEC');
select tests.person('olga', 'compliance_officer');
select tests.person('bob', 'pit_boss');
select tests.person('carl', 'cashier');
select tests.person('finn', 'floor_supervisor');
select tests.person('aud', 'auditor');
select tests.person('mark', 'marketing');
select tests.player(c.card)
from unnest('{D17,D18,P1,P2,P3,P4,B1}'::text[]) as c (card);
update identity.staff set licence_no = 'NV-881' where username = 'carl';
create function tests.entry_count(name text) returns bigint
language sql
security definer
return (select count(*) from compliance.mtl_entry as e where e.patron_id = tests.who(name));

select tests.sign_in('carl');
select is(
  (
    select
      count(*) filter (where (r.e).replayed)
      || ' ' || count(distinct ((r.e).mtl_entry).entry_id)
    from (
      select tests.enter('D17', 'chip_purchase', 500, null, '{"key": "D17"}') as e
      from generate_series(1, 50)
    ) as r
  ),
  '49 1', 'D17: one key sent 50 times is one entry and 49 replays'
);
select is(tests.entry_count('D17'), 1::bigint, 'D17: in the log too');
select is(
  tests.refusal(
    $$ select tests.enter('D17', 'chip_purchase', 501, null, '{"key": "D17"}') $$
  ),
  'IDEMPOTENCY_CONFLICT', 'another amount under the key is another request'
);
select is(
  (tests.enter('D17', 'chip_purchase', 500.00, null, '{"key": "D17", "confirm": true}')).replayed,
  true, 'a confirmation is not'
);
select is(
  tests.refusal($$ select tests.enter('D17', 'chip_purchase', 5, null, '{"key": " "}') $$)
  || tests.refusal($$ select tests.enter('D17', 'chip_purchase', 5, null, '{"key": "pit:x"}') $$),
  'INVALID_IDEMPOTENCY_KEYINVALID_IDEMPOTENCY_KEY', 'a key must be one'
);
select is(
  (
    select (e.licence_no, s.username)::text
    from compliance.mtl_entry as e
    join identity.staff as s on s.casino_id = e.casino_id and s.staff_id = e.staff_id
    where e.patron_id = tests.who('D17')
  ),
  '(NV-881,carl)', 'the witness is who is signed in, with their licence'
);

-- Duplicates.
select is(
  tests.refusal($$ select tests.enter('D17', 'chip_purchase', 500) $$),
  'MTL_POSSIBLE_DUPLICATE', 'the same again under another key may be a second click'
);
select is(
  tests.refusal($$
    select tests.enter('D17', 'chip_purchase', 500, now() - interval '1 minute')
  $$),
  'MTL_POSSIBLE_DUPLICATE', '60 seconds before'
);
select is(
  tests.refusal($$
    select tests.enter('D17', 'chip_purchase', 500, now() + interval '60 seconds')
  $$),
  'MTL_POSSIBLE_DUPLICATE', 'or after'
);
select is(
  tests.refusal($$
    select tests.enter('D17', 'chip_purchase', 500, now() - interval '61 seconds')
  $$),
  'nothing', 'a second later it is another one'
);
select is(
  tests.refusal($$ select tests.enter('D17', 'marker_payment', 500) $$), 'nothing', 'another kind'
);
select is(
  tests.refusal($$ select tests.enter('D17', 'chip_purchase', 499) $$), 'nothing',
  'another amount'
);
select is(
  tests.refusal($$ select tests.enter('P4', 'chip_purchase', 500) $$), 'nothing',
  'or another patron'
);
select is(
  tests.refusal(
    $$ select tests.enter('D17', 'chip_purchase', 500, null, '{"confirm": true}') $$
  ),
  'nothing', 'confirmed it is taken'
);
select tests.enter('P1', 'exchange', 40);
select is(
  tests.refusal($$ select tests.enter('P1', 'exchange', 40, null, '{"direction": "out"}') $$),
  'MTL_POSSIBLE_DUPLICATE', 'both sides of one exchange are one'
);
select tests.sign_out();
select is(
  tests.cash('D17', 'in', 'chip_purchase', 500, now()), 'applied', 'a feed isn''t asked'
);

-- D18.
select tests.sign_in('carl');
select tests.enter('D18', 'chip_purchase', 6000);
select is(tests.cases('D18'), 'none', 'D18: 6 000');
select tests.enter('D18', 'chip_purchase', 6000, null, '{"confirm": true}');
select tests.sign_out();
select is(
  (
    select count(*)::integer
    from compliance.ctr_case as c
    where c.patron_id = tests.who('D18')
  ),
  1, 'D18: and 6 000 at the same moment are exactly one case'
);

-- Times.
create function tests.at_time(at text, who text) returns text
language plpgsql
volatile
as $$
declare
  v_refusal text;
begin
  perform tests.sign_in(who);
  v_refusal := tests.refusal(
    format('select tests.enter(%L, %L, 9, %s)', 'P2', 'chip_redemption', at)
  );
  perform tests.sign_out();
  return v_refusal;
end
$$;
select is(tests.at_time($$now() + interval '61 seconds'$$, 'olga'), 'INVALID_TIME', 'the future');
select is(tests.at_time($$'infinity'$$, 'olga'), 'INVALID_TIME', 'no time at all');
select is(tests.at_time($$now() - interval '61 years'$$, 'olga'), 'INVALID_TIME', 'ages ago');
select is(tests.at_time($$now() - interval '15 minutes'$$, 'carl'), 'nothing', '15 minutes back');
select is(
  tests.at_time($$now() - interval '901 seconds'$$, 'carl'), 'INVALID_TIME',
  'not further for a cashier'
);
select is(
  tests.at_time($$now() - interval '2 hours'$$, 'finn'), 'INVALID_TIME', 'nor a supervisor'
);
select is(
  tests.at_time($$now() - interval '3 hours'$$, 'bob'), 'nothing', 'who may backdate may'
);
select is(
  tests.at_time($$now() - interval '4 hours'$$, 'olga'), 'nothing', 'and who reviews the log'
);

-- Who may, and what they see.
select tests.sign_in('mark');
select is(
  tests.refusal($$ select tests.enter('P3', 'chip_purchase', 5) $$), 'FORBIDDEN',
  'marketing enters no cash'
);
select tests.sign_in('aud');
select is(
  tests.refusal($$ select tests.enter('P3', 'chip_purchase', 5) $$), 'FORBIDDEN', 'nor auditors'
);
select tests.sign_in('finn');
select is(
  (tests.enter('P3', 'chip_purchase', 9000)).identification_needed, false,
  '90 % is not near yet'
);
select is(
  (tests.enter('P3', 'chip_purchase', 0.01)).identification_needed, true,
  'a cent more is: the form asks for identification and shows no sum'
);
select is(
  (select count(*)::integer from compliance.mtl_entry)
  + (select count(*)::integer from compliance.patron_gaming_day)
  + (select count(*)::integer from compliance.ctr_case)
  + (select count(*)::integer from compliance.patron)
  + (select count(*)::integer from compliance.mtl_log),
  0, 'a supervisor reads neither log nor sums nor cases'
);
select is(
  tests.refusal($$ select * from compliance.money_play $$)
  || tests.refusal($$ select * from compliance.mtl_command $$),
  '4250142501', 'nobody reads what rides, or keys'
);
select tests.sign_in('carl');
select is(
  ((select count(*) from compliance.mtl_entry) > 0)::text
  || (select count(*) from compliance.patron_gaming_day)
  || (select count(*) from compliance.ctr_case),
  'true00', 'a cashier reads entries, no sums or cases'
);
select tests.sign_in('aud');
select is(
  (select count(*) from compliance.patron_gaming_day) > 0
  and (select count(*) from compliance.ctr_case) > 0, true, 'a reviewer reads all of it'
);

-- Who is meant.
select tests.sign_in('olga');
select is(
  tests.refusal($$
    select compliance.record_mtl_entry(
      null, null, 'in', 'chip_purchase', 'pit', 'currency', 5, 'n1'
    )
  $$),
  'MTL_PATRON_NOT_FOUND', 'nobody'
);
select is(
  tests.refusal($$
    select compliance.record_mtl_entry(
      tests.who('P1'), tests.player_id('P1'), 'in', 'chip_purchase', 'pit', 'currency', 5, 'n2'
    )
  $$),
  'MTL_PATRON_NOT_FOUND', 'two at once'
);
select is(
  tests.refusal($$
    select compliance.record_mtl_entry(
      gen_random_uuid(), null, 'in', 'dance', 'pit', 'currency', 5, 'n3'
    )
  $$),
  'MTL_PATRON_NOT_FOUND', 'an unknown patron, before what it is'
);
select is(
  tests.refusal($$
    select compliance.record_mtl_entry(
      null, gen_random_uuid(), 'in', 'dance', 'pit', 'currency', 5, 'n4'
    )
  $$),
  'PLAYER_NOT_FOUND', 'an unknown player'
);
select is(
  tests.refusal($$
    select compliance.record_mtl_entry(
      null, gen_random_uuid(), 'in', 'dance', 'pit', 'currency', -5, 'n5'
    )
  $$),
  'MTL_INVALID_AMOUNT', 'the amount comes first'
);
select is(
  (
    compliance.record_mtl_entry(
      tests.who('P1'), null, 'in', 'chip_purchase', 'pit', 'currency', 5, 'n6'
    )
  ).mtl_entry.patron_id,
  tests.who('P1'), 'a player is also named by the patron'
);
select is(
  tests.refusal($$ select tests.enter('P1', 'chip_purchase', 5, null, '{"agent_for": "B1"}') $$),
  'nothing', 'for somebody else'
);
select is(
  tests.refusal($$
    select compliance.record_mtl_entry(
      null, tests.player_id('P1'), 'in', 'chip_purchase', 'pit', 'currency', 5, 'n7',
      agent_for_player_id => gen_random_uuid()
    )
  $$),
  'PLAYER_NOT_FOUND', 'who must be enrolled'
);
select tests.sign_out();
select is(
  tests.refusal($$ select tests.enter('P1', 'chip_purchase', 5) $$), 'UNAUTHORIZED',
  'nobody who isn''t signed in'
);

select * from finish();
rollback;
