-- Identifying somebody wrongly is undone with a note: sums are apart again, and every case is with
-- whom it belongs to, in every state that it may be in.

begin;
set local search_path to pgtap, public;
select plan(38);

select tests.casino('UNDOI');
select tests.person('olga', 'compliance_officer');
select tests.person('carl', 'cashier');
select tests.player(c.card)
from unnest('{J,K,L,M,N,O,P,Q,R,S,T}'::text[]) as c (card);
create function tests.stranger(description text) returns void
language sql
volatile
begin atomic
  select compliance.describe_patron(
    description, null, null, null, null, null, null, null, null, 'describe ' || description
  );
end;
create function tests.identified(description text, card text) returns void
language sql
volatile
begin atomic
  select compliance.identify_patron(
    tests.who(description), tests.player_id(card), gen_random_uuid()::text
  );
end;
create function tests.undone(
  description text, note text default 'somebody else', key text default gen_random_uuid()::text
) returns text
language sql
volatile
return tests.refusal(format(
  'select compliance.undo_identification(%L, %L, %L)', tests.who(description), note, key
));
create function tests.opened(name text, at timestamptz) returns void
language plpgsql
security definer
as $$
begin
  update compliance.ctr_case as c set opened_at = at where c.patron_id = tests.who(name);
end
$$;
create function tests.both(stranger text, card text) returns text
language sql
volatile
return tests.cases(stranger) || ' | ' || tests.cases(card);
create function tests.filed(name text) returns void
language plpgsql
as $$
declare
  v_case_id uuid := (
    select c.case_id
    from compliance.ctr_case as c
    where c.patron_id = tests.who(name) and c.state <> 'merged'
  );
begin
  perform tests.identify(tests.who(name));
  perform compliance.prepare_ctr(v_case_id);
  perform compliance.file_ctr(v_case_id);
end
$$;
select tests.sign_in('olga');

-- J: only together were they over.
select tests.stranger('j');
select tests.enter('j', 'chip_purchase', 6000, tests.at('10:00'));
select tests.enter('J', 'chip_purchase', 5000, tests.at('10:00'));
select tests.identified('j', 'J');
select is(tests.both('j', 'J'), 'none | open', 'together over');
select is(tests.undone('j', ' '), 'MTL_NOTE_REQUIRED', 'undoing takes a note');
select is(tests.undone('j'), 'nothing', 'with one it is done');
select is(tests.both('j', 'J'), 'none | closed', 'apart neither is: the case closes');
select is(tests.sums('J'), '5000.00 / 0.00', 'the sums are apart');
select is(tests.undone('j'), 'MTL_NOT_IDENTIFIED', 'what isn''t identified can''t be undone');
select is(
  (
    select format('%s %s', l.undo_note, s.username)
    from compliance.patron_link as l
    join identity.staff as s on s.casino_id = l.casino_id and s.staff_id = l.undone_by
    where l.unknown_patron_id = tests.who('j')
  ),
  'somebody else olga', 'the link stays, with who undid it and why'
);
select tests.identified('j', 'J');
select is(tests.both('j', 'J'), 'none | open', 'identified again, the case reopens');
select tests.undone('j');
select tests.identified('j', 'K');
select is(tests.both('j', 'K') || ' | ' || tests.cases('J'), 'none | none | closed', 'as another');

-- L: the unknown person's own case goes back.
select tests.stranger('l');
select tests.enter('l', 'chip_purchase', 12000, tests.at('10:00'));
select tests.enter('L', 'chip_purchase', 5000, tests.at('10:00'));
select tests.identified('l', 'L');
select is(tests.both('l', 'L'), 'none | open', 'the unknown person''s case is the player''s');
select tests.undone('l');
select is(tests.both('l', 'L'), 'open | none', 'and goes back to them');

-- M: the player needs it by now, and the unknown person too.
select tests.stranger('m');
select tests.enter('m', 'chip_purchase', 12000, tests.at('10:00'));
select tests.identified('m', 'M');
select tests.enter('M', 'chip_purchase', 11000, tests.at('10:00'));
select is(tests.both('m', 'M'), 'none | open', 'one case for both');
select tests.undone('m');
select is(
  tests.both('m', 'M'), 'open | open', 'the player keeps it, the unknown person has a new one'
);
select tests.identified('m', 'M');
select is(tests.both('m', 'M'), 'merged | open', 'identified again, the newer is merged');
select tests.undone('m');
select is(tests.both('m', 'M'), 'open | open', 'and comes back');

-- N: the player's case was older, the other merged into it.
select tests.stranger('n');
select tests.enter('N', 'chip_purchase', 11000, tests.at('10:00'));
select tests.opened('N', tests.at('10:00'));
select tests.enter('n', 'chip_purchase', 12000, tests.at('10:00'));
select tests.identified('n', 'N');
select is(tests.both('n', 'N'), 'merged | open', 'merged');
select tests.undone('n');
select is(tests.both('n', 'N'), 'open | open', 'both have their own again');
select is(
  (
    select count(*)
    from compliance.ctr_case as c
    where c.patron_id in (tests.who('n'), tests.who('N')) and c.patron_id = c.origin_patron_id
  ),
  2::bigint, 'the very same'
);

-- O: the unknown person's was older, the player's merged into it.
select tests.stranger('o');
select tests.enter('o', 'chip_purchase', 12000, tests.at('10:00'));
select tests.opened('o', tests.at('10:00'));
select tests.enter('O', 'chip_purchase', 11000, tests.at('10:00'));
select tests.identified('o', 'O');
select is(tests.both('o', 'O'), 'none | open; merged', 'merged the other way');
select tests.undone('o');
select is(tests.both('o', 'O'), 'open | open', 'both have their own again');
select is(
  (
    select count(*)
    from compliance.ctr_case as c
    where c.patron_id in (tests.who('o'), tests.who('O')) and c.patron_id = c.origin_patron_id
  ),
  2::bigint, 'the very same'
);

-- P: merged, and what made it reportable was corrected away meanwhile.
select tests.stranger('p');
select tests.enter('P', 'chip_purchase', 11000, tests.at('10:00'));
select tests.opened('P', tests.at('10:00'));
select tests.enter('p', 'chip_purchase', 12000, tests.at('10:00'), '{"key": "p"}');
select tests.identified('p', 'P');
select compliance.correct_mtl_entry(
  (select e.entry_id from compliance.mtl_entry as e where e.idempotency_key = 'p'),
  100, 'miscounted', 'p c'
);
select is(tests.both('p', 'P'), 'merged | open', 'corrected while they were one');
select tests.undone('p');
select is(tests.both('p', 'P'), 'closed | open', 'what comes back is judged anew');

-- Q: ready stays ready.
select tests.stranger('q');
select tests.enter('q', 'chip_purchase', 12000, tests.at('10:00'));
select tests.identify(tests.who('q'));
select compliance.prepare_ctr(c.case_id)
from compliance.ctr_case as c
where c.patron_id = tests.who('q');
select tests.identified('q', 'Q');
select is(tests.both('q', 'Q'), 'none | ready', 'prepared');
select tests.undone('q');
select is(tests.both('q', 'Q'), 'ready | none', 'stays prepared');

-- R: filed while they were one: what was filed names the wrong person.
select tests.stranger('r');
select tests.enter('r', 'chip_purchase', 12000, tests.at('10:00'));
select tests.identified('r', 'R');
select tests.filed('R');
select is(tests.both('r', 'R'), 'none | filed', 'filed as the player');
select tests.undone('r');
select is(
  tests.both('r', 'R'), 'filed, amendment due | none',
  'the same sum of another person has to be amended'
);
select is(
  (select f.cash_in from compliance.ctr_filing as f), 12000::numeric, 'what was filed stays'
);

-- S: filed for both; apart, the player is below.
select tests.stranger('s');
select tests.enter('s', 'chip_purchase', 6000, tests.at('10:00'));
select tests.enter('S', 'chip_purchase', 5000, tests.at('10:00'));
select tests.identified('s', 'S');
select tests.filed('S');
select tests.undone('s');
select is(
  tests.both('s', 'S'), 'none | filed, amendment due', 'a filed case doesn''t close, it is amended'
);
select tests.identified('s', 'S');
select is(tests.both('s', 'S'), 'none | filed', 'identified again, it agrees again');

-- T: two unknown people, undone in either order.
select tests.stranger('t1');
select tests.stranger('t2');
select tests.enter('t1', 'chip_purchase', 12000, tests.at('10:00'));
select tests.opened('t1', tests.at('10:00'));
select tests.enter('t2', 'chip_purchase', 13000, tests.at('10:00'));
select tests.opened('t2', tests.at('09:00'));
select tests.enter('T', 'chip_purchase', 11000, tests.at('10:00'));
select tests.identified('t1', 'T');
select is(tests.both('t1', 'T'), 'none | open; merged', 't1''s is older than T''s');
select tests.identified('t2', 'T');
select is(tests.both('t2', 'T'), 'none | open; merged; merged', 't2''s is older still');
select is(tests.sums('T'), '36000.00 / 0.00', 'all three are one');
select tests.undone('t1');
select is(
  tests.both('t1', 'T'), 'open | open; merged', 't1''s comes back, T''s stays in t2''s'
);
select tests.undone('t2');
select is(
  tests.both('t2', 'T') || ' | ' || tests.cases('t1'), 'open | open | open',
  'in the end each has their own'
);
select is(
  (
    select count(*)
    from compliance.ctr_case as c
    where c.patron_id in (tests.who('t1'), tests.who('t2'), tests.who('T'))
      and c.patron_id = c.origin_patron_id
  ),
  3::bigint, 'the very same'
);

select is(
  tests.refusal(format(
    'select compliance.undo_identification(%L, %L, %L)', gen_random_uuid(), 'x', 'k1'
  )),
  'MTL_PATRON_NOT_FOUND', 'somebody must be meant'
);
select tests.sign_in('carl');
select is(tests.undone('j'), 'FORBIDDEN', 'cashiers undo nothing');

select * from finish();
rollback;
