-- Worked case D14, before filing (after filing: file_ctr), and everything else a correction does.

begin;
set local search_path to pgtap, public;
select plan(50);

select tests.casino('CCORR');
select tests.person('olga', 'compliance_officer');
select tests.person('carl', 'cashier');
select tests.person('cora', 'cashier');
select tests.person('aud', 'auditor');
select tests.player(c.card) from unnest('{D14,P1,P2,P3,EX,JP,X}'::text[]) as c (card);
create function tests.entry_id(key text, role text default 'original', no integer default 0)
returns uuid
language sql
security definer
return (
  select coalesce(r.entry_id, o.entry_id)
  from compliance.mtl_entry as o
  left join compliance.mtl_entry as r
    on r.casino_id = o.casino_id
    and r.corrects_entry_id = o.entry_id
    and (r.entry_role, r.correction_no) = (role, no)
  where o.casino_id = tests.casino_id()
    and o.idempotency_key = key
    and o.entry_role = 'original'
);
create function tests.correct(
  key text, amount numeric, reason text default 'miscounted', correction_key text default null
) returns compliance.correction_result
language sql
volatile
return compliance.correct_mtl_entry(
  tests.entry_id(key), amount, reason, coalesce(correction_key, gen_random_uuid()::text)
);
create function tests.history(name text) returns text
language sql
security definer
return (
  select string_agg(
    format('%s %s %s', e.entry_role, e.amount, e.cash_in), '; '
    order by e.correction_no, e.entry_role
  )
  from compliance.mtl_entry as e
  where e.patron_id = tests.who(name)
);

create function tests.offered(key text) returns text
language sql
return (
  select string_agg(
    l.entry_role || ' ' || l.correctable, ', ' order by l.correction_no, l.entry_role
  )
  from compliance.mtl_log as l
  where tests.entry_id(key) in (l.entry_id, l.corrects_entry_id)
);

select tests.sign_in('olga');
select tests.enter('D14', 'chip_purchase', 10400, tests.at('10:00'), '{"key": "D14"}');
select is(tests.cases('D14'), 'open', 'D14: 10 400');
select is(
  (
    select format(
      '%s %s %s %s', (r.c).replayed, ((r.c).offset_entry).amount, ((r.c).offset_entry).cash_in,
      ((r.c).mtl_entry).amount
    )
    from (select tests.correct('D14', 9400, 'miscounted', 'D14 c') as c) as r
  ),
  'f 10400.00 -10400.00 9400.00', 'D14: corrected to 9 400'
);
select is(tests.sums('D14'), '9400.00 / 0.00', 'D14: the sum follows');
select is(tests.cases('D14'), 'closed', 'D14: the case closes');
select isnt((tests.ctr_case('D14')).closed_reason, null, 'with a reason');
select is(
  tests.history('D14'),
  'original 10400.00 10400.00; offset 10400.00 -10400.00; replacement 9400.00 9400.00',
  'all three stay visible'
);
select is(
  (
    select format(
      '%s %s', (r.c).replayed, ((r.c).mtl_entry).entry_id = tests.entry_id('D14', 'replacement', 1)
    )
    from (select tests.correct('D14', 9400, 'miscounted', 'D14 c') as c) as r
  ),
  't t', 'a repeated correction is a replay'
);
select is(
  tests.refusal($$ select tests.correct('D14', 9500, 'miscounted', 'D14 c') $$),
  'IDEMPOTENCY_CONFLICT', 'with another amount it is another request'
);
select results_eq(
  $$
    select distinct e.occurred_at, e.gaming_day, e.kind, e.area, e.tender, e.direction
    from compliance.mtl_entry as e
    where e.patron_id = tests.who('D14')
  $$,
  $$ values (tests.at('10:00'), '2025-03-03'::date, 'chip_purchase', 'pit', 'currency', 'in') $$,
  'time, gaming day and everything else are those of the original'
);
select is(
  (
    select count(*) filter (where e.reason = 'miscounted') || ' ' || count(*) filter (
      where e.corrects_entry_id = tests.entry_id('D14')
    )
    from compliance.mtl_entry as e
    where e.patron_id = tests.who('D14')
  ),
  '2 2', 'both say why and what'
);
select tests.enter('D14', 'chip_purchase', 600.01, tests.at('11:00'));
select is(tests.cases('D14'), 'open', 'a later entry crosses again: the case reopens');
select is((tests.ctr_case('D14')).closed_reason, null, 'without the reason');
select results_eq(
  $$
    select d.entries_in from compliance.patron_gaming_day as d where d.patron_id = tests.who('D14')
  $$,
  $$ values (2) $$,
  'two entries are in force'
);

-- The original and any replacement name the same; an offset names nothing.
select tests.correct('D14', 9401);
select compliance.correct_mtl_entry(tests.entry_id('D14', 'replacement', 1), 9402, 'again', 'r1');
select is(tests.sums('D14'), '10002.01 / 0.00', 'a replaced replacement names the entry too');
select is(
  tests.refusal($$
    select compliance.correct_mtl_entry(tests.entry_id('D14', 'offset', 1), 5, 'no', 'r2')
  $$),
  'MTL_ENTRY_NOT_FOUND', 'an offset can''t be corrected'
);
select is(
  tests.refusal(
    $$ select compliance.correct_mtl_entry(gen_random_uuid(), 5, 'no', 'r3') $$
  ),
  'MTL_ENTRY_NOT_FOUND', 'nor what isn''t there'
);
select is(
  ((tests.correct('D14', 0)).mtl_entry).entry_id, null, '0 voids it'
);
select is(
  tests.sums('D14') || ' ' || tests.cases('D14'), '600.01 / 0.00 closed', 'nothing is left of it'
);
select is(
  tests.refusal($$ select tests.correct('D14', 5) $$), 'MTL_ENTRY_NOT_FOUND',
  'what was voided can''t be corrected'
);
select is(
  tests.refusal($$
    select compliance.correct_mtl_entry(tests.entry_id('D14', 'replacement', 3), 5, 'no', 'r4')
  $$),
  'MTL_ENTRY_NOT_FOUND', 'by none of its names'
);

select tests.enter('P1', 'chip_purchase', 9000, tests.at('10:00'), '{"key": "P1"}');
select is(
  tests.refusal($$ select tests.correct('P1', -1) $$)
  || tests.refusal($$ select tests.correct('P1', 0.001) $$)
  || tests.refusal($$ select tests.correct('P1', null) $$),
  'MTL_INVALID_AMOUNTMTL_INVALID_AMOUNTMTL_INVALID_AMOUNT', 'the right amount is one'
);
select is(
  tests.refusal($$ select tests.correct('P1', 5, ' ') $$), 'REASON_REQUIRED', 'and has a reason'
);
select tests.correct('P1', 11000);
select is(tests.cases('P1'), 'open', 'a correction can open a case');
select tests.correct('P1', 12000);
select is(tests.cases('P1'), 'open', 'which stays as it is while a sum is over');
select results_eq(
  $$
    select e.amount
    from compliance.ctr_case as c
    join compliance.mtl_entry as e
      on e.casino_id = c.casino_id and e.entry_id = c.opened_by_entry_id
    where c.patron_id = tests.who('P1')
  $$,
  $$ values (11000::numeric) $$,
  'and names the replacement that crossed'
);

select tests.enter('EX', 'exchange', 11000, tests.at('10:00'), '{"key": "EX"}');
select tests.correct('EX', 10000);
select is(
  tests.sums('EX') || ' ' || tests.cases('EX'), '10000.00 / 10000.00 closed',
  'an exchange is corrected both ways'
);
select tests.enter('JP', 'jackpot', 15000, tests.at('10:00'), '{"key": "JP"}');
select tests.correct('JP', 16000);
select is(tests.sums('JP'), '0.00 / 0.00', 'a jackpot stays uncounted');

-- Corrections after an identification, and after it was undone.
select compliance.describe_patron(
  'blue hat', null, null, null, null, null, null, null, null, 'blue hat'
);
select tests.enter('blue hat', 'chip_purchase', 6000, tests.at('10:00'), '{"key": "hat"}');
select tests.enter('X', 'chip_purchase', 5000, tests.at('10:00'));
select compliance.identify_patron(tests.who('blue hat'), tests.player_id('X'), 'it is X');
select is(tests.cases('X'), 'open', 'identified, 11 000');
select tests.correct('hat', 5000);
select is(
  tests.sums('X') || ' ' || tests.cases('X'), '10000.00 / 0.00 closed',
  'correcting the unknown person''s entry moves the player''s sum'
);
select tests.correct('hat', 5000.01);
select is(tests.cases('X'), 'open', 'and reopens the case');
select compliance.undo_identification(tests.who('blue hat'), 'somebody else', 'not X');
select tests.correct('hat', 10000.01);
select is(
  tests.sums('X') || ' ' || tests.cases('X') || ', ' || tests.cases('blue hat'),
  '5000.00 / 0.00 closed, open', 'undone, it is the unknown person''s alone'
);

-- Who may correct what; screens offer the same.
select tests.sign_in('carl');
select tests.enter('P2', 'chip_purchase', 500, null, '{"key": "own"}');
select is(
  tests.refusal($$ select tests.correct('own', 400) $$), 'nothing',
  'one''s own entry of the running gaming day'
);
select is(
  tests.offered('own'), 'original false, offset false, replacement true', 'of which one counts'
);
select tests.enter('P2', 'chip_purchase', 600, null, '{"key": "carls"}');
select tests.sign_in('cora');
select is(
  tests.refusal($$ select tests.correct('carls', 400) $$), 'FORBIDDEN', 'not a colleague''s'
);
select is(tests.offered('carls'), 'original false', 'which isn''t offered');
select tests.sign_in('olga');
select is(tests.offered('carls'), 'original true', 'but to a reviewer');
select is(tests.refusal($$ select tests.correct('carls', 300) $$), 'nothing', 'a reviewer may');
select tests.sign_in('carl');
select is(
  tests.refusal($$ select tests.correct('carls', 600) $$), 'FORBIDDEN',
  'what a reviewer corrected is the reviewer''s'
);
select is(
  tests.offered('carls'), 'original false, offset false, replacement false', 'and not offered'
);
select tests.sign_in('aud');
select is(
  tests.refusal($$ select tests.correct('own', 5) $$), 'FORBIDDEN',
  'who only reads corrects nothing'
);
select is(
  tests.offered('own'), 'original false, offset false, replacement false', 'and is offered nothing'
);
select tests.sign_out();
select tests.person('pete', 'pit_boss');
select tests.sign_in('pete');
select tests.enter(
  'P3', 'chip_purchase', 500, now() - interval '25 hours', '{"key": "yesterday"}'
);
select is(
  tests.refusal($$ select tests.correct('yesterday', 5) $$), 'FORBIDDEN',
  'one''s own of an earlier gaming day is for a reviewer'
);
select is(tests.offered('yesterday'), 'original false', 'and not offered');
select tests.sign_out();
select is(
  tests.happens(
    'e1', now(), 'cash_corrected', '{"ref": "nothing", "amount": 5, "reason": "x"}'
  ),
  'MTL_ENTRY_NOT_FOUND', 'a feed corrects what it knows'
);
select is(tests.cash('P3', 'in', 'chip_purchase', 50, key => 'fed'), 'applied', 'which it sent');
select is(
  tests.happens('e2', now(), 'cash_corrected', '{"ref": "fed", "amount": 51}'), 'applied',
  'without saying why'
);

-- Nobody changes or removes anything.
select is(
  tests.refusal($$ update compliance.mtl_entry set amount = 1 $$), 'MTL_IMMUTABLE',
  'nobody changes an entry, not even a superuser'
);
select is(tests.refusal($$ delete from compliance.mtl_entry $$), 'MTL_IMMUTABLE', 'removes one');
select is(
  tests.refusal($$ truncate compliance.mtl_entry cascade $$), 'MTL_IMMUTABLE', 'or all of them'
);
select is_empty(
  $$
    select d.patron_id, d.gaming_day
    from compliance.patron_gaming_day as d
    full join (
      select
        e.casino_id, e.patron_id, e.gaming_day, sum(e.cash_in) as cash_in,
        sum(e.cash_out) as cash_out,
        sum(case e.entry_role when 'offset' then -1 else 1 end)
          filter (where e.cash_in <> 0) as entries_in
      from compliance.mtl_entry as e
      where (e.cash_in, e.cash_out) <> (0, 0)
      group by e.casino_id, e.patron_id, e.gaming_day
    ) as e using (casino_id, patron_id, gaming_day)
    where (d.cash_in, d.cash_out, d.entries_in)
      is distinct from (e.cash_in, e.cash_out, coalesce(e.entries_in, 0))
  $$,
  'after all this the sums are those of the entries'
);

select * from finish();
rollback;
