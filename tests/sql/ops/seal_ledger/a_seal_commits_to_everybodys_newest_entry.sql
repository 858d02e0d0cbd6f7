begin;
set local search_path to pgtap, public;
select plan(20);

select tests.casino('TSEAL');
select tests.person('audrey', 'auditor');
select tests.person('boss', 'pit_boss');
select tests.player('P1', 25000);
select tests.player('P2', 100);
select tests.player('P3');

create function tests.day(days_ago integer) returns date
language sql
stable
security definer
return (
  select identity.gaming_day(c, now()) - days_ago
  from identity.casino as c
  where c.casino_id = tests.casino_id()
);

create function tests.last_hash(card text) returns bytea
language sql
stable
security definer
return (tests.standing(card)).last_entry_hash;

create function pg_temp.leaf(card text, entry_no bigint, entry_hash bytea) returns bytea
language sql
return sha256(
  '\x00' || decode(replace(tests.player_id(card)::text, '-', ''), 'hex')
  || int8send(entry_no) || entry_hash
);

select tests.sign_in('audrey');
select results_eq(
  $$
    select (s.ledger_seal).gaming_day, (s.ledger_seal).players, (s.ledger_seal).entries, s.replayed
    from ops.seal_ledger(tests.day(4)) as s
  $$,
  $$ values (tests.day(4), 2::bigint, 4::bigint, false) $$,
  'a day is sealed: two players have entries, four in all'
);
select results_eq(
  $$ select s.replayed, (s.ledger_seal).players from ops.seal_ledger(tests.day(4)) as s $$,
  $$ values (true, 2::bigint) $$,
  'sealed once'
);
select tests.sign_out();

select is(
  (select s.merkle_root from ops.ledger_seal as s where s.casino_id = tests.casino_id()),
  (
    select sha256('\x01' || string_agg(l.leaf, '' order by l.player_id))
    from (values
      (tests.player_id('P1'), pg_temp.leaf('P1', 3, tests.last_hash('P1'))),
      (tests.player_id('P2'), pg_temp.leaf('P2', 1, tests.last_hash('P2')))
    ) as l (player_id, leaf)
  ),
  'its root is the tree over both newest entries'
);
select is(
  (select s.previous_seal from ops.ledger_seal as s where s.casino_id = tests.casino_id()),
  sha256(''), 'before the first seal there is nothing'
);
select is(
  (select s.seal from ops.ledger_seal as s where s.casino_id = tests.casino_id()),
  (
    select sha256(
      s.previous_seal || convert_to(
        format(
          '[%s, "%s", %s, 2, 4, "%s"]', s.casino_id, to_char(s.gaming_day, 'YYYY-MM-DD'),
          (extract(epoch from s.sealed_at) * 1000000)::bigint, encode(s.merkle_root, 'hex')
        ),
        'UTF8'
      )
    )
    from ops.ledger_seal as s where s.casino_id = tests.casino_id()
  ),
  'the seal is the hash of the one before and of what the line says'
);
select results_eq(
  $$
    select l.player_id, l.entry_no, l.entry_hash
    from ops.ledger_seal_leaf as l where l.casino_id = tests.casino_id() order by l.entry_no
  $$,
  $$
    values
      (tests.player_id('P2'), 1::bigint, tests.last_hash('P2')),
      (tests.player_id('P1'), 3::bigint, tests.last_hash('P1'))
  $$,
  'the leaves are noted'
);

select tests.player('P4', 10);
select tests.sign_in('boss');
select loyalty.redeem(tests.player_id('P1'), 700, 'dinner for two', 'k1');
select tests.sign_in('audrey');
select results_eq(
  $$
    select (s.ledger_seal).players, (s.ledger_seal).entries from ops.seal_ledger(tests.day(2)) as s
  $$,
  $$ values (3::bigint, 6::bigint) $$,
  'the next seal covers everybody, also those who have nothing new'
);
select results_eq(
  $$ select (s.ledger_seal).gaming_day, s.replayed from ops.seal_ledger() as s $$,
  $$ values (tests.day(1), false) $$,
  'without a day, the last one that is over'
);
select tests.sign_out();
select results_eq(
  $$
    select l.gaming_day, count(*)
    from ops.ledger_seal_leaf as l
    where l.casino_id = tests.casino_id()
    group by 1 order by 1
  $$,
  $$ values (tests.day(4), 2::bigint), (tests.day(2), 2::bigint) $$,
  'only what is new is noted'
);
select results_eq(
  $$
    select s.previous_seal
    from ops.ledger_seal as s where s.casino_id = tests.casino_id() order by s.gaming_day
  $$,
  $$
    select * from (
      select lag(s.seal, 1, sha256('')) over (order by s.gaming_day)
      from ops.ledger_seal as s where s.casino_id = tests.casino_id() order by s.gaming_day
    ) as l
  $$,
  'the seals are chained'
);
select is(
  (select count(distinct s.merkle_root)::integer from ops.ledger_seal as s
    where s.casino_id = tests.casino_id()),
  2, 'a day without entries has the root of the day before'
);
select is(
  (select count(distinct s.seal)::integer from ops.ledger_seal as s
    where s.casino_id = tests.casino_id()),
  3, 'and a seal of its own'
);
select is(
  (select count(*)::integer from ops.ledger_seal as s where s.sealed_by is not null
    and s.casino_id = tests.casino_id()),
  3, 'who sealed is noted'
);

select tests.sign_in('audrey');
select is(
  tests.refusal('select ops.seal_ledger(tests.day(0))'), 'LEDGER_NOT_SEALED',
  'a day that isn''t over is not sealed'
);
select is(
  tests.refusal('select ops.seal_ledger(tests.day(-1))'), 'LEDGER_NOT_SEALED', 'nor one to come'
);
select is(
  tests.refusal('select ops.seal_ledger(tests.day(3))'), 'LEDGER_NOT_SEALED',
  'nor one before a sealed one'
);
select tests.sign_in('boss');
select is(
  tests.refusal('select ops.seal_ledger()'), 'FORBIDDEN', 'sealing takes audit:view'
);
select is_empty('select * from ops.ledger_seal', 'and so does seeing seals');
select tests.sign_out();

select throws_ok(
  $$ update ops.ledger_seal set players = 7 $$, 'OPIMM', null, 'a seal is never changed'
);
alter table loyalty.loyalty_ledger disable trigger loyalty_ledger_is_append_only;
select tests.player('P5', 10);
delete from loyalty.loyalty_ledger where player_id = tests.player_id('P5');
alter table ops.ledger_seal disable trigger ledger_seal_is_append_only;
alter table ops.ledger_seal_leaf disable trigger ledger_seal_leaf_is_append_only;
delete from ops.ledger_seal where gaming_day = tests.day(1) and casino_id = tests.casino_id();
select tests.sign_in('audrey');
select is(
  tests.refusal('select ops.seal_ledger()'), 'LEDGER_NOT_SEALED',
  'what doesn''t fit its standing is not sealed'
);
select tests.sign_out();

select * from finish();
rollback;
