-- Worked cases D6, D11, D12 and the table of kinds: what isn't physical currency is logged and
-- adds nothing; jackpots are exempt.

begin;
set local search_path to pgtap, public;
select plan(26);

select tests.casino('RCURR');
select tests.person('olga', 'compliance_officer');
select tests.player(c.card)
from unnest('{D6A,D6B,D11A,D11B,D12,KIN,KOUT,N1}'::text[]) as c (card);
create function tests.refused(changes jsonb, kind text default 'chip_purchase') returns text
language sql
volatile
return tests.refusal(format('select tests.enter(%L, %L, 5, null, %L)', 'N1', kind, changes));
select tests.sign_in('olga');

select tests.enter('D6A', 'jackpot', 15000, tests.at('10:00'), '{"area": "slot"}');
select is(tests.sums('D6A'), '0.00 / 0.00', 'D6: a jackpot is not summed');
select is(tests.cases('D6A'), 'none', 'D6: nor reported');
select is(
  (select count(*)::integer from compliance.mtl_entry as e where e.patron_id = tests.who('D6A')),
  1, 'D6: but logged'
);
select tests.enter('D6B', 'chip_redemption', 15000, tests.at('10:00'));
select is(tests.cases('D6B'), 'open', 'D6: chips redeemed are');

select tests.enter('D11A', 'marker_payment', 12000, tests.at('10:00'), '{"tender": "check"}');
select is(
  tests.sums('D11A') || ' ' || tests.cases('D11A'), '0.00 / 0.00 none',
  'D11: a marker paid by check is not'
);
select tests.enter('D11B', 'marker_payment', 12000, tests.at('10:00'));
select is(
  tests.sums('D11B') || ' ' || tests.cases('D11B'), '12000.00 / 0.00 open',
  'D11: in currency it is'
);

select tests.enter('D12', 'comp_or_incentive', 2000, tests.at('10:00'));
select tests.enter('D12', 'chip_redemption', 8500, tests.at('11:00'));
select is(tests.sums('D12'), '0.00 / 10500.00', 'D12: cash back and chips');
select is(tests.cases('D12'), 'open', 'D12: are reportable together');

select is(
  (
    select string_agg(distinct (r.e).mtl_entry.cash_in::text, ',')
    from (
      select tests.enter(
        'N1', 'chip_purchase', 500, tests.at('10:00') + t.no * interval '2 minutes',
        jsonb_build_object('tender', t.tender)
      ) as e
      from unnest('{chips,check,wire,ticket,other}'::text[]) with ordinality as t (tender, no)
    ) as r
  ),
  '0.00', 'no other tender adds to a sum'
);

-- Every kind goes its own way and no other, and is on its line.
select tests.enter(
  'KIN', k.kind, 1, tests.at('10:00') + k.sort_no * interval '1 minute',
  '{"note": "x", "table": "T1"}'
)
from compliance.mtl_kind as k
where k.direction in ('in', 'both');
select is(tests.sums('KIN'), '10.00 / 1.00', 'nine kinds of cash in, and the exchange');
select tests.enter(
  'KOUT', k.kind, 1, tests.at('10:00') + k.sort_no * interval '1 minute',
  '{"note": "x", "direction": "out"}'
)
from compliance.mtl_kind as k
where k.direction in ('out', 'both');
select is(
  tests.sums('KOUT'), '1.00 / 11.00', 'ten kinds of cash out without the jackpot, and the exchange'
);
select is_empty(
  $$
    select k.kind
    from compliance.mtl_kind as k
    where k.direction <> 'both'
      and tests.refusal(format(
        'select tests.enter(%L, %L, 1, null, %L)',
        'N1', k.kind,
        jsonb_build_object(
          'note', 'x', 'direction', case k.direction when 'in' then 'out' else 'in' end
        )
      )) <> 'MTL_INVALID_KIND'
  $$,
  'none goes the other way'
);
select results_eq(
  $$
    select k.kind || ' ' || k.direction || ' ' || coalesce(k.ctr_line::text, '–')
      || coalesce(' ' || k.ctr_line_out, '')
    from compliance.mtl_kind as k
    order by k.kind
  $$,
  array[
    'bet_payment out 31', 'bill_validator in 25', 'check_cashed out 13', 'chip_purchase in 18',
    'chip_redemption out 28', 'comp_or_incentive out 33', 'credit_advance out 30',
    'exchange both 14 15', 'front_money_deposit in 55', 'front_money_withdrawal out 56',
    'instrument_purchase in 12', 'jackpot out –', 'marker_payment in 46', 'money_play in 21',
    'other_in in 997', 'other_out out 998', 'promotion_payout out 34',
    'safekeeping_deposit in 55', 'safekeeping_withdrawal out 56', 'wire_payout out 32',
    'wire_purchase in 23'
  ],
  'the kinds, their directions and their lines'
);

select is(tests.refused('{}', 'dance'), 'MTL_INVALID_KIND', 'an unknown kind');
select is(tests.refused('{"direction": "both"}', 'exchange'), 'MTL_INVALID_KIND', 'both');
select is(tests.refused('{"area": "roof"}'), 'MTL_INVALID_KIND', 'an unknown area');
select is(tests.refused('{"tender": "gold"}'), 'MTL_INVALID_KIND', 'an unknown tender');
select is(
  tests.refused('{"foreign_currency": "CAD"}'), 'MTL_INVALID_KIND',
  'foreign currency without an exchange'
);
select is(
  tests.refused('{"foreign_currency": "loonies"}', 'exchange'), 'MTL_INVALID_KIND',
  'foreign currency that isn''t a code'
);
select is(
  ((tests.enter('N1', 'exchange', 7, null, '{"foreign_currency": "CA"}')).mtl_entry)
    .foreign_currency,
  'CA', 'a code'
);
select is(tests.refused('{}', 'other_in'), 'MTL_NOTE_REQUIRED', 'something else says what');
select is(tests.refused('{"note": "  "}', 'other_out'), 'MTL_NOTE_REQUIRED', 'in words');
select is(tests.refused('{"note": "found money"}', 'other_in'), 'nothing', 'then it is taken');
select is(tests.refused('{"table": "none"}'), 'nothing', 'no table is no fault');
select is(
  tests.refusal($$
    select compliance.record_mtl_entry(
      null, tests.player_id('N1'), 'in', 'chip_purchase', 'pit', 'currency', 9, 'k',
      table_id => gen_random_uuid()
    )
  $$),
  'TABLE_NOT_FOUND', 'one that isn''t there is'
);
select is(
  ((tests.enter('N1', 'chip_purchase', 11, null, '{"table": "T1"}')).mtl_entry).table_id,
  tests.table_id('T1'), 'one that is there is kept'
);

select * from finish();
rollback;
