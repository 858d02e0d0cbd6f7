-- Worked case D13, and what becomes of cases when an unknown person turns out to be a player.

begin;
set local search_path to pgtap, public;
select plan(32);

select tests.casino('IDENT');
select tests.person('olga', 'compliance_officer');
select tests.person('carl', 'cashier');
select tests.person('aud', 'auditor');
select tests.player(c.card) from unnest('{X,Y,M1,M2,M3,M4,F,Z}'::text[]) as c (card);
create function tests.stranger(description text) returns uuid
language sql
volatile
return (
  (
    compliance.describe_patron(
      description, null, null, null, null, null, null, null, null, 'describe ' || description
    )
  ).patron
).patron_id;
create function tests.identified(description text, card text) returns text
language sql
volatile
return tests.refusal(format(
  'select compliance.identify_patron(%L, %L, %L)',
  tests.who(description), tests.player_id(card), gen_random_uuid()
));
-- Cases are told apart by when they were opened, which a transaction has only one moment for.
create function tests.opened(name text, at timestamptz) returns void
language plpgsql
security definer
as $$
begin
  update compliance.ctr_case as c set opened_at = at where c.patron_id = tests.who(name);
end
$$;
select tests.sign_in('olga');

select tests.stranger('D13');
select tests.enter('D13', 'chip_purchase', 6000, tests.at('10:00'));
select tests.enter('X', 'chip_purchase', 5000, tests.at('11:00'));
select is(
  tests.cases('D13') || tests.cases('X'), 'nonenone', 'D13: 6 000 of somebody, 5 000 of X'
);
select is(tests.identified('D13', 'X'), 'nothing', 'D13: later identified as X');
select is(
  tests.sums('X') || ' ' || tests.cases('X'), '11000.00 / 0.00 open', 'D13: opens a case for X'
);
select is(
  (tests.ctr_case('X')).due_on, '2025-03-18'::date, 'D13: with the clock of that gaming day'
);
select results_eq(
  $$
    select d.cash_in from compliance.patron_gaming_day as d
    where d.patron_id in (tests.who('D13'), tests.who('X'))
    order by d.cash_in
  $$,
  $$ values (5000::numeric), (6000) $$,
  'nothing was moved: each keeps their own sum'
);
select tests.enter('D13', 'chip_purchase', 100, tests.at('12:00'));
select is(
  tests.sums('X') || ' ' || tests.cases('X'), '11100.00 / 0.00 open',
  'later entries count for the player by either name'
);
select is(
  (select e.patron_id from compliance.mtl_entry as e where e.amount = 100), tests.who('D13'),
  'and stay with the name they were written for'
);
select is(
  tests.refusal($$ select tests.enter('X', 'chip_purchase', 100, tests.at('12:00')) $$),
  'MTL_POSSIBLE_DUPLICATE', 'the guard against duplicates knows that they are one'
);
select is(
  tests.identified('D13', 'Y'), 'MTL_ALREADY_IDENTIFIED', 'somebody identified is identified'
);
select is(tests.identified('D13', 'X'), 'MTL_ALREADY_IDENTIFIED', 'whoever it is');
select is(
  tests.refusal(format(
    'select compliance.identify_patron(%L, %L, %L)', tests.who('X'), tests.player_id('Y'), 'k1'
  )),
  'MTL_ALREADY_IDENTIFIED', 'a player is nobody else'
);
select is(
  tests.refusal(format(
    'select compliance.identify_patron(%L, %L, %L)', gen_random_uuid(), gen_random_uuid(), 'k2'
  )),
  'MTL_PATRON_NOT_FOUND', 'the person is looked for first'
);
select tests.stranger('free');
select is(
  tests.refusal(format(
    'select compliance.identify_patron(%L, %L, %L)', tests.who('free'), gen_random_uuid(), 'k3'
  )),
  'PLAYER_NOT_FOUND', 'then the player'
);
select is(
  (
    select string_agg((r.i).replayed::text, ' ')
    from (
      select compliance.identify_patron(tests.who('free'), tests.player_id('Y'), 'k4') as i
      from generate_series(1, 2)
    ) as r
  ),
  'false true', 'a key identifies once'
);
select is(
  tests.cases('Y'), 'none', 'a player without cash may be identified, and one without a row'
);

-- The unknown person's case becomes the player's; of two, the older stays.
select tests.stranger('M1 stranger');
select tests.enter('M1 stranger', 'chip_purchase', 12000, tests.at('10:00'));
select tests.identified('M1 stranger', 'M1');
select is(
  tests.cases('M1 stranger') || ', ' || tests.cases('M1'), 'none, open',
  'the only case becomes the player''s'
);

select tests.stranger('M2 stranger');
select tests.enter('M2', 'chip_purchase', 11000, tests.at('10:00'));
select tests.enter('M2 stranger', 'chip_purchase', 12000, tests.at('10:00'));
select tests.opened('M2', tests.at('10:00'));
select tests.identified('M2 stranger', 'M2');
select is(
  tests.cases('M2 stranger') || ', ' || tests.cases('M2'), 'merged, open',
  'the player''s is older: the other is merged into it'
);
select is(
  (
    select c.merged_into_case_id
    from compliance.ctr_case as c
    where c.patron_id = tests.who('M2 stranger')
  ),
  (tests.ctr_case('M2')).case_id, 'and says so'
);
select is(tests.sums('M2'), '23000.00 / 0.00', 'the sum is of both');

select tests.stranger('M3 stranger');
select tests.enter('M3 stranger', 'chip_purchase', 12000, tests.at('10:00'));
select tests.opened('M3 stranger', tests.at('10:00'));
select tests.enter('M3', 'chip_purchase', 11000, tests.at('10:00'));
select tests.identified('M3 stranger', 'M3');
select is(
  tests.cases('M3 stranger') || ', ' || tests.cases('M3'), 'none, open; merged',
  'the unknown person''s is older: it is the player''s now, and theirs is merged'
);
select is(
  (tests.ctr_case('M3')).origin_patron_id, tests.who('M3 stranger'), 'it is known whose it was'
);

-- A case that corrections had closed is a case too.
select tests.stranger('M4 stranger');
select tests.enter('M4', 'chip_purchase', 11000, tests.at('10:00'), '{"key": "M4"}');
select tests.opened('M4', tests.at('10:00'));
select compliance.correct_mtl_entry(
  (select e.entry_id from compliance.mtl_entry as e where e.idempotency_key = 'M4'),
  9000, 'miscounted', 'M4 c'
);
select tests.enter('M4 stranger', 'chip_purchase', 12000, tests.at('10:00'));
select is(tests.cases('M4') || ', ' || tests.cases('M4 stranger'), 'closed, open', 'one closed');
select tests.identified('M4 stranger', 'M4');
select is(
  tests.cases('M4') || ', ' || tests.cases('M4 stranger'), 'open, merged',
  'the older, closed one is opened again'
);

-- A filed one stays filed, and what was filed no longer agrees.
select tests.stranger('F stranger');
select tests.enter('F stranger', 'chip_purchase', 12000, tests.at('10:00'));
select tests.identify(tests.who('F stranger'));
select compliance.prepare_ctr(c.case_id)
from compliance.ctr_case as c
where c.patron_id = tests.who('F stranger');
select compliance.file_ctr(c.case_id)
from compliance.ctr_case as c
where c.patron_id = tests.who('F stranger');
select is(tests.cases('F stranger'), 'filed', 'filed under the unknown person''s own name');
select tests.identified('F stranger', 'F');
select is(tests.cases('F'), 'filed, amendment due', 'the player''s now, it has to be amended');

-- More than one day, more than one unknown person.
select tests.stranger('Z1');
select tests.stranger('Z2');
select tests.enter('Z1', 'chip_purchase', 4000, tests.at('10:00'));
select tests.enter('Z1', 'chip_redemption', 11000, tests.at('10:00', '2025-03-07'));
select tests.enter('Z2', 'chip_purchase', 4000, tests.at('11:00'));
select tests.enter('Z', 'chip_purchase', 2000.01, tests.at('12:00'));
select tests.identified('Z1', 'Z');
select is(
  tests.cases('Z') || ', ' || tests.cases('Z', '2025-03-07'), 'none, open',
  'each gaming day on its own'
);
select tests.identified('Z2', 'Z');
select is(tests.cases('Z'), 'open', 'a player may have been several unknown people');

-- Who may, and who sees it.
select tests.sign_in('carl');
select tests.stranger('new');
select is(tests.identified('new', 'X'), 'FORBIDDEN', 'cashiers identify nobody');
select is(
  (select count(*) from compliance.patron_link) > 0, true, 'but see who was identified'
);
select tests.sign_in('aud');
select is(
  (
    select l.person_name || ' ' || l.description || ' ' || l.cash_in_after
    from compliance.mtl_log as l
    where l.patron_id = tests.who('D13')
    order by l.occurred_at desc
    limit 1
  ),
  'Pat X D13 11100.00', 'the log names the player, the description and the person''s sum'
);
select is(
  (
    select count(*)
    from compliance.patron_link as l
    join identity.staff as s on s.casino_id = l.casino_id and s.staff_id = l.linked_by
    where s.username = 'olga' and l.undone_at is null
  ),
  9::bigint, 'every link says who made it'
);
select tests.sign_out();
select is(
  tests.happens('i1', now(), 'identified', '{"person": "nobody", "card": "nobody"}'),
  'MTL_PATRON_NOT_FOUND', 'a feed''s person is looked for first too'
);

select * from finish();
rollback;
