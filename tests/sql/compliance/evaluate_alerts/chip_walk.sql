-- Chip purchases of 5 000 to 10 000 in a gaming day, under 20 minutes of rated play, nothing
-- redeemed.

begin;
set local search_path to pgtap, public;
select plan(12);

select tests.casino('TWALK');
select tests.person('eve', 'compliance_officer');
create function tests.case_of(
  card text, bought numeric, played interval default '0', redeemed numeric default 0,
  seat integer default 1
) returns text
language plpgsql
as $$
declare
  v_found text;
begin
  perform tests.player(card);
  perform tests.cash(card, 'in', 'chip_purchase', bought, tests.at('09:50'));
  if played > '0' then
    perform tests.happens(
      card || 'v', tests.at('09:55'), 'visit_opened', jsonb_build_object('card', card)
    );
    perform tests.happens(
      card || 'o', tests.at('10:00'), 'slip_opened',
      jsonb_build_object('card', card, 'table', 'C1', 'seat', seat, 'average_bet', 100)
    );
    perform tests.happens(
      card || 'c', tests.at('10:00') + played, 'slip_closed', jsonb_build_object('card', card)
    );
  end if;
  if redeemed > 0 then
    perform tests.cash(card, 'out', 'chip_redemption', redeemed, tests.at('12:00'));
  end if;
  perform tests.sign_in('eve');
  perform compliance.evaluate_alerts('2025-03-03');
  select format('%s %s', a.direction, a.amount) into v_found
  from compliance.compliance_alert as a
  where a.patron_id = tests.patron_id(card) and a.rule = 'chip_walk';
  perform tests.sign_out();
  return coalesce(v_found, 'nothing');
end
$$;

select is(tests.case_of('P1', 5000), 'in 5000.00', '5 000 and no play');
select is(tests.case_of('P2', 4999.99), 'nothing', 'a cent less');
select is(tests.case_of('P3', 10000), 'in 10000.00', '10 000');
select is(tests.case_of('P4', 10000.01), 'nothing', 'a cent more is reported anyway');
select is(
  tests.case_of('P5', 6000, '19 minutes 59 seconds'), 'in 6000.00',
  'just under 20 minutes of rated play'
);
select is(tests.case_of('P6', 6000, '20 minutes'), 'nothing', '20 minutes');
select is(tests.case_of('P7', 6000, redeemed => 0.01), 'nothing', 'chips came back');
select is(
  (
    select a.details
    from compliance.compliance_alert as a
    where a.patron_id = tests.patron_id('P5') and a.rule = 'chip_walk'
  ),
  '{"bought": 6000.00, "ratedSeconds": 1199.000000}', 'the alert says how long they played'
);
select tests.player('P8');
select tests.cash('P8', 'in', 'chip_purchase', 6000, tests.at('09:50'), key => 'P8 buys');
select tests.cash('P8', 'out', 'chip_redemption', 6000, tests.at('09:58'), key => 'P8 redeems');
select tests.happens(
  'P8 didn''t', tests.at('10:00'), 'cash_corrected',
  '{"ref": "P8 redeems", "amount": 0, "reason": "Another person"}'
);
select tests.player('P9');
select tests.cash('P9', 'in', 'chip_purchase', 3000, tests.at('09:50'));
select tests.cash('P9', 'in', 'chip_purchase', 3000, tests.at('10:50'));
select tests.happens('U1', tests.at('19:00'), 'person', '{"description": "red scarf"}');
select tests.happens(
  'U1c', tests.at('20:00'), 'cash',
  '{"person": "U1", "direction": "in", "kind": "chip_purchase", "area": "pit",
    "tender": "currency", "amount": "7000"}'
);
select tests.player('P10');
select tests.cash(
  'P10', 'in', 'chip_purchase', 6000, tests.at('09:50'), '{"tender": "check"}'
);
select tests.sign_in('eve');
select compliance.evaluate_alerts('2025-03-03');
select isnt_empty(
  $$
    select from compliance.compliance_alert as a
    where a.patron_id = tests.patron_id('P8') and a.rule = 'chip_walk'
  $$,
  'a redemption that was taken back is none'
);
select isnt_empty(
  $$
    select from compliance.compliance_alert as a
    where a.patron_id = tests.patron_id('P9') and a.rule = 'chip_walk'
  $$,
  'purchases of a day are one sum'
);
select isnt_empty(
  $$
    select from compliance.compliance_alert as a
    join compliance.patron as p using (patron_id)
    where p.player_id is null and a.rule = 'chip_walk'
  $$,
  'nobody has rated an unknown person'
);
select is_empty(
  $$
    select from compliance.compliance_alert as a
    where a.patron_id = tests.patron_id('P10') and a.rule = 'chip_walk'
  $$,
  'chips bought by check aren''t bought with currency'
);

select * from finish();
rollback;
