begin;
set local search_path to pgtap, public;
select plan(13);

select tests.casino('DESCR');
select tests.person('finn', 'floor_supervisor');
select tests.person('mark', 'marketing');
select tests.player('P1');
create function tests.described(key text, description text, hat text default null)
returns compliance.patron_result
language sql
volatile
return compliance.describe_patron(
  description, null, null, null, null, null, null, hat, null, key
);
select tests.sign_in('finn');

select is(
  (
    select format(
      '%s|%s|%s|%s', ((r.d).patron).description, ((r.d).patron).clothing,
      ((r.d).patron).player_id, (r.d).replayed
    )
    from (select tests.described('k1', ' man, about 60 ', 'grey hat') as d) as r
  ),
  'man, about 60|grey hat||f', 'a person is what is known of them, without blanks around it'
);
select is(
  (tests.described('k1', ' man, about 60 ', 'grey hat')).replayed, true, 'the key replays'
);
select is(
  tests.refusal($$ select tests.described('k1', 'man, about 61', 'grey hat') $$),
  'IDEMPOTENCY_CONFLICT', 'for the same words only'
);
select isnt(
  (tests.described('k2', 'man, about 60', 'grey hat')).patron.patron_id,
  (tests.described('k1', ' man, about 60 ', 'grey hat')).patron.patron_id,
  'the same words again are somebody else: nobody is recognised'
);
select is(
  tests.refusal($$ select tests.described('k3', '  ') $$)
  || tests.refusal($$ select tests.described('k4', null) $$)
  || tests.refusal($$ select tests.described('k5', repeat('x', 501)) $$),
  'MTL_INVALID_DESCRIPTIONMTL_INVALID_DESCRIPTIONMTL_INVALID_DESCRIPTION',
  'some words, not a book'
);
select is(
  tests.refusal($$ select tests.described('k6', repeat('x', 500)) $$), 'nothing', 'up to 500'
);
select is(
  (tests.described('k7', null, 'red cap')).patron.description, null, 'any one field will do'
);
select is(tests.refusal($$ select tests.described(' ', 'x') $$), 'INVALID_IDEMPOTENCY_KEY', 'key');
select is(
  tests.refusal($$ select compliance.record_mtl_entry(
    (tests.described('k7', null, 'red cap')).patron.patron_id, null, 'in', 'chip_purchase',
    'pit', 'currency', 5, 'c1'
  ) $$),
  'nothing', 'the person can be given an entry at once'
);
select is(
  (tests.enter('P1', 'chip_purchase', 7)).replayed, false, 'a player''s row'
);
select tests.sign_out();
select is(
  (
    select num_nonnulls(p.description, p.known_name, p.clothing)
    from compliance.patron as p
    where p.player_id = tests.player_id('P1')
  ),
  0, 'needs no description'
);
select is(
  tests.refusal($$
    insert into compliance.patron (casino_id, created_by, correlation_id)
    values (tests.casino_id(), gen_random_uuid(), 'x')
  $$),
  '23514', 'nobody is in the log without one or the other'
);
select tests.sign_in('mark');
select is(tests.refusal($$ select tests.described('k9', 'x') $$), 'FORBIDDEN', 'mtl:create');

select * from finish();
rollback;
