begin;
set local search_path to pgtap, public;
select plan(17);

select tests.casino('TREVE');
select tests.person('mark', 'marketing');
select tests.person('boss', 'pit_boss');
select tests.player('P1', 100);
select tests.player('P2', 50);

create function tests.undo(
  entry_no bigint, key text, reason text default 'by mistake', card text default 'P1'
) returns loyalty.ledger_result
language sql
return loyalty.reverse_entry(tests.player_id(card), entry_no, reason, key);

create function tests.offered() returns text
language sql
return (
  select string_agg(
    format('%s by %s %s', l.entry_no, loyalty.loyalty_ledger_reversed_by(l),
      loyalty.loyalty_ledger_reversible(l)),
    ', ' order by l.entry_no
  )
  from loyalty.loyalty_ledger as l
  where l.player_id = tests.player_id('P1')
);

select tests.sign_in('boss');
select loyalty.redeem(tests.player_id('P1'), 30, 'a coffee', 'redeem');
select tests.sign_in('mark');

select is(tests.offered(), '1 by  t, 2 by  t', 'both entries can be reversed');
select throws_ok(
  $$ select tests.undo(1, 'k1') $$, 'LYBAL', null,
  'points that were spent can''t be taken back'
);
select is(
  tests.refusal_details($$ select tests.undo(1, 'k1') $$), '{"shortfall": 30}',
  'it says how many are missing'
);
select is((tests.undo(2, 'k2')).current_balance, 100::bigint, 'a redemption is given back');
select is((tests.undo(2, 'k2')).replayed, true, 'the same again is a replay');
select throws_ok(
  $$ select tests.undo(2, 'k3') $$, 'LYREV', null, 'an entry is reversed once'
);
select throws_ok(
  $$ select tests.undo(3, 'k3') $$, 'LYREV', null, 'a reversal can''t be reversed'
);
select throws_ok(
  $$ select tests.undo(1, 'k2') $$, 'LYIDM', null, 'the key for another entry'
);
select throws_ok(
  $$ select tests.undo(99, 'k4', '') $$, 'LYENT', null, 'no such entry, asked before the reason'
);
select throws_ok(
  $$ select loyalty.reverse_entry(gen_random_uuid(), 1, 'x', 'k4') $$, 'RSPLR', null,
  'no such player'
);
select throws_ok(
  $$ select tests.undo(1, 'k4', '  ') $$, 'LYRSN', null, 'it needs a reason'
);
select throws_ok($$ select tests.undo(1, ' ') $$, 'IDKEY', null, 'and a key');
select is((tests.undo(1, 'k5')).current_balance, 0::bigint, 'now the points are there');
select is(
  tests.offered(), '1 by 4 f, 2 by 3 f, 3 by  f, 4 by  f',
  'what was reversed says by what, and can''t be any more, nor can a reversal'
);
select is(
  (tests.undo(1, 'k6', card => 'P2')).current_balance, 0::bigint,
  'entry numbers are a player''s own'
);
select tests.sign_in('boss');
select throws_ok($$ select tests.undo(1, 'k7') $$, 'IDFRB', null, 'a pit boss may not reverse');
select tests.sign_out();
select results_eq(
  $$
    select e.entry_no, e.transaction_type::text, e.event_type, e.points_change, e.reverses_entry_no,
      e.reason
    from tests.entries('P1') as e
    where e.entry_no > 2
  $$,
  $$
    values
      (3::bigint, 'REVERSAL', 'ENTRY_REVERSED', 30::bigint, 2::bigint, 'by mistake'),
      (4::bigint, 'REVERSAL', 'ENTRY_REVERSED', -100::bigint, 1::bigint, 'by mistake')
  $$,
  'nothing is removed: both entries and their reversals stay'
);

select * from finish();
rollback;
