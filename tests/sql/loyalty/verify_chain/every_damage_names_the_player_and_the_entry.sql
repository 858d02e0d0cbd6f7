-- What a superuser can do to old entries behind the functions' back, each undone again.

begin;
set local search_path to pgtap, public;
select plan(24);

select tests.casino('TVERI');
select tests.person('audrey', 'auditor');
select tests.person('boss', 'pit_boss');
select tests.player('P1', 35000);
select tests.player('P2', 5000);
select tests.player('P3');
select tests.sign_in('boss');
select loyalty.redeem(tests.player_id('P1'), 700, 'dinner for two', 'k1');
select loyalty.redeem(tests.player_id('P2'), 50, 'coffee', 'k2');
select tests.sign_out();
alter table loyalty.loyalty_ledger disable trigger loyalty_ledger_is_append_only;
alter table loyalty.loyalty_ledger drop constraint every_entry_adds_up;

create function tests.card(player_id uuid) returns text
language sql
stable
security definer
return (select p.card_no from floor.player as p where p.player_id = card.player_id);

-- The problems after a statement, as card, entry and problem; the statement is undone again.
create function pg_temp.found_after(statement text, card text default null) returns text[]
language plpgsql
as $$
declare
  v_found text[];
begin
  execute statement;
  perform tests.sign_in('audrey');
  select array_agg(distinct format('%s %s %s', tests.card(p.player_id), p.entry_no, p.problem))
  into v_found
  from loyalty.verify_chain(tests.player_id(card)) as v
  cross join unnest(v.problems) as p
  where not v.intact and v.problems_found > 0;
  raise exception using errcode = 'TUNDO';
exception when sqlstate 'TUNDO' then
  return v_found;
end
$$;

-- What a row must say to be consistent in itself, as somebody would who knows how.
create function pg_temp.rehash(card text, entry_no bigint) returns void
language sql
as $$
update loyalty.loyalty_ledger as e
set entry_hash = loyalty._computed_hash(e)
where e.player_id = tests.player_id(rehash.card) and e.entry_no = rehash.entry_no
$$;

select tests.sign_in('audrey');
select results_eq(
  $$
    select v.players, v.entries, v.intact, v.problems_found, cardinality(v.problems)
    from loyalty.verify_chain() as v
  $$,
  $$ values (3::bigint, 7::bigint, true, 0::bigint, 0) $$,
  'untouched, three players and seven entries fit'
);
select results_eq(
  $$
    select v.players, v.entries, v.intact from loyalty.verify_chain(tests.player_id('P2')) as v
  $$,
  $$ values (1::bigint, 2::bigint, true) $$,
  'so does one player alone'
);
select tests.sign_out();

select is(
  pg_temp.found_after($$
    update loyalty.loyalty_ledger set reason = 'points to begin wjth'
    where player_id = tests.player_id('P1') and entry_no = 2
  $$),
  array['P1 2 entry_changed'], 'one byte of an old entry''s text'
);
select is(
  pg_temp.found_after($$
    update loyalty.loyalty_ledger
    set request_fingerprint = set_bit(request_fingerprint, 77, 1 - get_bit(request_fingerprint, 77))
    where player_id = tests.player_id('P2') and entry_no = 1
  $$),
  array['P2 1 entry_changed'], 'one bit of a fingerprint'
);
select is(
  pg_temp.found_after($$
    update loyalty.loyalty_ledger
    set entry_hash = set_byte(entry_hash, 3, 255 - get_byte(entry_hash, 3))
    where player_id = tests.player_id('P1') and entry_no = 3
  $$),
  array['P1 3 entry_changed', 'P1 4 entry_unlinked'], 'one byte of a hash'
);
select is(
  pg_temp.found_after(
    $$
      update loyalty.loyalty_ledger set reason = 'another'
      where player_id = tests.player_id('P1') and entry_no = 2;
      select pg_temp.rehash('P1', 2)
    $$
  ),
  array['P1 3 entry_unlinked'],
  'an old entry with a hash that fits it: the next one doesn''t follow'
);
select is(
  pg_temp.found_after(
    $$
      update loyalty.loyalty_ledger set reason = 'another'
      where player_id = tests.player_id('P1') and entry_no = 5;
      select pg_temp.rehash('P1', 5)
    $$
  ),
  array['P1 5 standing_wrong'],
  'the newest entry with a hash that fits it: the standing knows better'
);
select is(
  pg_temp.found_after($$
    delete from loyalty.loyalty_ledger where player_id = tests.player_id('P1') and entry_no = 3
  $$),
  array['P1 3 entry_missing', 'P1 5 standing_wrong'], 'an entry taken out of the middle'
);
select is(
  pg_temp.found_after($$
    delete from loyalty.loyalty_ledger where player_id = tests.player_id('P1') and entry_no = 1
  $$),
  array['P1 1 entry_missing', 'P1 5 standing_wrong'], 'the first entry'
);
select is(
  pg_temp.found_after($$
    delete from loyalty.loyalty_ledger where player_id = tests.player_id('P2') and entry_no = 2
  $$),
  array['P2 1 standing_wrong', 'P2 2 entry_missing'], 'the newest entry'
);
select is(
  pg_temp.found_after($$
    delete from loyalty.loyalty_ledger where player_id = tests.player_id('P2')
  $$),
  array['P2 0 standing_wrong', 'P2 1 entry_missing'], 'all entries of a player'
);
select is(
  pg_temp.found_after($$
    update loyalty.loyalty_ledger set entry_no = 100
    where player_id = tests.player_id('P1') and entry_no = 2;
    update loyalty.loyalty_ledger set entry_no = 2
    where player_id = tests.player_id('P1') and entry_no = 3;
    update loyalty.loyalty_ledger set entry_no = 3
    where player_id = tests.player_id('P1') and entry_no = 100
  $$),
  array[
    'P1 2 entry_changed', 'P1 2 entry_unlinked', 'P1 2 sum_wrong',
    'P1 3 entry_changed', 'P1 3 entry_unlinked', 'P1 3 sum_wrong',
    'P1 4 entry_unlinked', 'P1 4 sum_wrong'
  ],
  'two entries that change places'
);
select is(
  pg_temp.found_after(
    $$
      insert into loyalty.loyalty_ledger
      select (jsonb_populate_record(
        l,
        jsonb_build_object(
          'entry_no', 3, 'idempotency_key', 'k3', 'balance_before', l.balance_after,
          'balance_after', l.balance_after + l.points_change, 'previous_hash', l.entry_hash
        )
      )).*
      from loyalty.loyalty_ledger as l
      where l.player_id = tests.player_id('P2') and l.entry_no = 2;
      select pg_temp.rehash('P2', 3)
    $$
  ),
  array['P2 3 entry_extra', 'P2 3 standing_wrong'], 'an inserted entry that fits its predecessor'
);
select is(
  pg_temp.found_after(
    $$
      insert into loyalty.loyalty_ledger
      select (jsonb_populate_record(
        l, jsonb_build_object('entry_no', 0, 'idempotency_key', 'k0')
      )).*
      from loyalty.loyalty_ledger as l
      where l.player_id = tests.player_id('P2') and l.entry_no = 1;
      select pg_temp.rehash('P2', 0)
    $$
  ),
  array['P2 1 entry_unlinked', 'P2 1 sum_wrong', 'P2 2 standing_wrong'],
  'an entry inserted before the first'
);
select is(
  pg_temp.found_after($$
    update loyalty.loyalty_ledger set entry_no = -9223372036854775808
    where player_id = tests.player_id('P2') and entry_no = 1
  $$),
  array[
    'P2 -9223372036854775807 entry_missing', 'P2 -9223372036854775808 entry_changed'
  ],
  'the least number that there is'
);
select is(
  pg_temp.found_after(
    $$
      update loyalty.loyalty_ledger set balance_before = 9223372036854775807
      where player_id = tests.player_id('P2') and entry_no = 1;
      select pg_temp.rehash('P2', 1)
    $$
  ),
  array['P2 1 sum_wrong', 'P2 2 entry_unlinked'],
  'a balance so large that nothing can be added to it'
);
select is(
  pg_temp.found_after($$
    update loyalty.loyalty_ledger
    set points_change = -9223372036854775808, balance_after = -9223372036854775808
    where player_id = tests.player_id('P2') and entry_no = 2
  $$),
  array['P2 2 entry_changed', 'P2 2 standing_wrong', 'P2 2 sum_wrong'],
  'a change so large that it has no opposite'
);
select is(
  pg_temp.found_after(
    $$
      update loyalty.loyalty_ledger set balance_before = -5, balance_after = points_change - 5
      where player_id = tests.player_id('P2') and entry_no = 1;
      select pg_temp.rehash('P2', 1)
    $$
  ),
  array['P2 1 sum_wrong', 'P2 2 entry_unlinked', 'P2 2 sum_wrong'],
  'balances that are off by the same'
);
select is(
  pg_temp.found_after($$
    alter table loyalty.player_loyalty disable trigger all;
    delete from loyalty.player_loyalty where player_id = tests.player_id('P2')
  $$),
  array['P2 2 standing_missing'], 'a standing that is gone'
);
select is(
  pg_temp.found_after($$
    update loyalty.player_loyalty set current_balance = current_balance + 1
    where player_id = tests.player_id('P1')
  $$),
  array['P1 5 standing_wrong'], 'a balance'
);
select is(
  pg_temp.found_after($$
    update loyalty.player_loyalty set current_balance = 100 where player_id = tests.player_id('P3')
  $$),
  array['P3 0 standing_wrong'], 'a balance of somebody without entries'
);
select is(
  pg_temp.found_after(
    $$
      update loyalty.loyalty_ledger set reason = 'another'
      where player_id = tests.player_id('P1') and entry_no = 2
    $$,
    'P1'
  ),
  array['P1 2 entry_changed'], 'asked for the player, the same'
);
select is(
  pg_temp.found_after(
    $$
      update loyalty.loyalty_ledger set reason = 'another'
      where player_id = tests.player_id('P1') and entry_no = 2
    $$,
    'P2'
  ),
  null, 'asked for another player, nothing'
);

select tests.sign_in('boss');
select is(
  tests.refusal('select loyalty.verify_chain()'), 'FORBIDDEN', 'verifying takes audit:view'
);
select tests.sign_out();

select * from finish();
rollback;
