-- What somebody may do who can change everything, and makes it fit again: the ledger alone can't
-- show it, the seals can.

begin;
set local search_path to pgtap, public;
select plan(19);

select tests.casino('TVSEA');
select tests.person('audrey', 'auditor');
select tests.person('boss', 'pit_boss');
select tests.player('P1', 25000);
select tests.player('P2', 100);
select tests.player('P3', 7);

create function tests.day(days_ago integer) returns date
language sql
stable
security definer
return (
  select identity.gaming_day(c, now()) - days_ago
  from identity.casino as c
  where c.casino_id = tests.casino_id()
);

create function tests.card(player_id uuid) returns text
language sql
stable
security definer
return (select p.card_no from floor.player as p where p.player_id = card.player_id);

create table tests.kept (name text, file jsonb);
grant all on tests.kept to public;

select tests.sign_in('audrey');
select ops.seal_ledger(tests.day(3));
select tests.sign_in('boss');
select loyalty.redeem(tests.player_id('P1'), 700, 'dinner for two', 'k1');
select loyalty.redeem(tests.player_id('P1'), 30, 'coffee', 'k2');
select tests.sign_in('audrey');
select ops.seal_ledger(tests.day(2));
select ops.seal_ledger(tests.day(1));
insert into tests.kept values
  ('small', ops.export_seals()::jsonb), ('full', ops.export_seals(with_players => true)::jsonb);
select tests.sign_out();
alter table loyalty.loyalty_ledger disable trigger loyalty_ledger_is_append_only;
alter table ops.ledger_seal disable trigger ledger_seal_is_append_only;
alter table ops.ledger_seal_leaf disable trigger ledger_seal_leaf_is_append_only;

-- Makes a player's chain fit again from an entry on, and the standing with it.
create function pg_temp.mend(card text, from_no bigint) returns void
language plpgsql
as $$
declare
  v_no bigint := from_no;
begin
  loop
    update loyalty.loyalty_ledger as e
    set previous_hash = coalesce(
        (
          select b.entry_hash from loyalty.loyalty_ledger as b
          where b.player_id = e.player_id and b.entry_no = v_no - 1
        ),
        sha256('')
      )
    where e.player_id = tests.player_id(card) and e.entry_no = v_no;
    exit when not found;
    update loyalty.loyalty_ledger as e
    set entry_hash = loyalty._entry_hash(
      e.previous_hash,
      loyalty._entry_content(
        e.casino_id, e.player_id, e.entry_no, e.transaction_type, e.event_type, e.source,
        e.points_change, e.balance_before, e.balance_after, e.tier_before, e.tier_after,
        e.rating_slip_id, e.visit_id, e.reverses_entry_no, e.reason, e.staff_id, e.approved_by,
        e.correlation_id, e.idempotency_key, e.request_fingerprint, e.gaming_day,
        e.occurred_at, e.created_at
      )
    )
    where e.player_id = tests.player_id(card) and e.entry_no = v_no;
    v_no := v_no + 1;
  end loop;
  update loyalty.player_loyalty as p
  set (last_entry_no, last_entry_hash, current_balance) = (
    select e.entry_no, e.entry_hash, e.balance_after
    from loyalty.loyalty_ledger as e
    where e.player_id = p.player_id order by e.entry_no desc limit 1
  )
  where p.player_id = tests.player_id(card);
end
$$;

-- Makes the seals fit again what they are told to commit to.
create function pg_temp.mend_seals() returns void
language plpgsql
as $$
declare
  v_seal ops.ledger_seal;
  v_before bytea := sha256('');
begin
  perform set_config('pit.casino', tests.casino_id()::text, true);
  update ops.ledger_seal_leaf as l
  set entry_hash = e.entry_hash
  from loyalty.loyalty_ledger as e
  where e.casino_id = l.casino_id and e.player_id = l.player_id and e.entry_no = l.entry_no;
  for v_seal in
    select * from ops.ledger_seal where casino_id = tests.casino_id() order by gaming_day
  loop
    v_seal.previous_seal := v_before;
    v_seal.merkle_root := ops._merkle_root(
      (select array_agg(l.leaf order by l.leaf_no) from ops._sealed_leaves(v_seal.gaming_day) as l)
    );
    v_seal.seal := ops._seal_hash(v_seal);
    update ops.ledger_seal as s
    set previous_seal = v_seal.previous_seal, merkle_root = v_seal.merkle_root,
      seal = v_seal.seal
    where s.casino_id = v_seal.casino_id and s.gaming_day = v_seal.gaming_day;
    v_before := v_seal.seal;
  end loop;
  perform set_config('pit.casino', '', true);
end
$$;

-- The problems after a statement; chain also says whether the chain alone would have told.
create function pg_temp.found_after(statement text, kept text default null) returns text[]
language plpgsql
as $$
declare
  v_found text[];
begin
  execute statement;
  perform tests.sign_in('audrey');
  select array_agg(
    format(
      '%s days ago%s %s', tests.day(0) - p.gaming_day,
      coalesce(' ' || tests.card(p.player_id) || ' ' || p.entry_no, ''), p.problem
    )
    order by p.gaming_day, p.entry_no, p.problem
  )
  into v_found
  from ops.verify_seals((select k.file from tests.kept as k where k.name = kept)) as v
  cross join unnest(v.problems) as p
  where not v.intact;
  v_found := case when (loyalty.verify_chain()).intact then array['chain intact'] end || v_found;
  raise exception using errcode = 'TUNDO';
exception when sqlstate 'TUNDO' then
  return v_found;
end
$$;

select is(pg_temp.found_after('select'), array['chain intact'], 'untouched, every seal fits');
select is(
  pg_temp.found_after('select', 'small'), array['chain intact'], 'and the file that was kept'
);
select is(
  pg_temp.found_after('select', 'full'), array['chain intact'], 'also the one with players'
);
select is(
  pg_temp.found_after($$
    update loyalty.loyalty_ledger set reason = 'another'
    where player_id = tests.player_id('P1') and entry_no = 2;
    select pg_temp.mend('P1', 2)
  $$),
  array['chain intact', '3 days ago P1 3 entry_changed', '2 days ago P1 5 entry_changed'],
  'an old entry, with all hashes after it: the entries that were sealed are other ones now'
);
select is(
  pg_temp.found_after($$
    delete from loyalty.loyalty_ledger where player_id = tests.player_id('P1') and entry_no = 5;
    select pg_temp.mend('P1', 4)
  $$),
  array['chain intact', '2 days ago P1 5 entry_missing'],
  'the newest entry, with the standing'
);
select is(
  pg_temp.found_after($$
    delete from loyalty.loyalty_ledger where player_id = tests.player_id('P3')
  $$),
  array['3 days ago P3 1 entry_missing'],
  'all entries of a player'
);
select is(
  pg_temp.found_after($$
    update loyalty.loyalty_ledger set reason = 'another'
    where player_id = tests.player_id('P1') and entry_no = 2;
    select pg_temp.mend('P1', 2), pg_temp.mend_seals()
  $$),
  array['chain intact'],
  'with all seals mended too nothing in here can tell'
);
select is(
  pg_temp.found_after(
    $$
      update loyalty.loyalty_ledger set reason = 'another'
      where player_id = tests.player_id('P1') and entry_no = 2;
      select pg_temp.mend('P1', 2), pg_temp.mend_seals()
    $$,
    'small'
  ),
  array[
    'chain intact', '3 days ago seal_changed', '2 days ago seal_changed', '1 days ago seal_changed'
  ],
  'but a file that was kept elsewhere'
);
select is(
  pg_temp.found_after(
    $$
      update loyalty.loyalty_ledger set reason = 'another'
      where player_id = tests.player_id('P1') and entry_no = 2;
      select pg_temp.mend('P1', 2), pg_temp.mend_seals()
    $$,
    'full'
  ),
  array[
    'chain intact', '3 days ago P1 3 entry_changed', '3 days ago seal_changed',
    '2 days ago P1 5 entry_changed', '2 days ago seal_changed', '1 days ago seal_changed'
  ],
  'and one with players names the player and the entry'
);
select is(
  pg_temp.found_after($$
    update ops.ledger_seal set players = players + 1, entries = entries + 1
    where gaming_day = tests.day(2) and casino_id = tests.casino_id()
  $$),
  array['chain intact', '2 days ago seal_changed'], 'a changed seal'
);
select is(
  pg_temp.found_after($$
    update ops.ledger_seal set seal = set_byte(seal, 0, 255 - get_byte(seal, 0))
    where gaming_day = tests.day(2) and casino_id = tests.casino_id()
  $$),
  array['chain intact', '2 days ago seal_changed', '1 days ago seal_unlinked'],
  'a changed hash of a seal'
);
select is(
  pg_temp.found_after($$
    delete from ops.ledger_seal_leaf
    where gaming_day = tests.day(2) and casino_id = tests.casino_id();
    delete from ops.ledger_seal where gaming_day = tests.day(2) and casino_id = tests.casino_id()
  $$),
  array['chain intact', '1 days ago leaves_changed', '1 days ago seal_unlinked'],
  'a seal taken out'
);
select is(
  pg_temp.found_after(
    $$
      delete from ops.ledger_seal where gaming_day = tests.day(1) and casino_id = tests.casino_id()
    $$,
    'small'
  ),
  array['chain intact', '1 days ago seal_missing'], 'the newest seal taken away'
);
update tests.kept set file = jsonb_set(file, '{seals,1,entries}', '"5"') where name = 'small';
select is(
  pg_temp.found_after('select', 'small'), array['chain intact', '2 days ago seal_unknown'],
  'a file that was changed'
);

update tests.kept set file = file #- '{seals,0,seal}' where name = 'full';
select is(
  pg_temp.found_after('select', 'full'), array['chain intact', '3 days ago seal_changed'],
  'a file that lacks the seal itself'
);
update tests.kept
set file = jsonb_set(file, '{seals,1,leaves,0}', '["00000000-0000-0000-0000-000000000000"]')
where name = 'full';
select is(
  pg_temp.found_after('select', 'full'),
  array['chain intact', '3 days ago seal_changed', '2 days ago entry_missing'],
  'and one that doesn''t say what was sealed'
);

select tests.sign_in('audrey');
select is(
  tests.refusal($$ select ops.verify_seals('{"format": "something"}') $$), 'INVALID_SEAL_FILE',
  'what isn''t a file of seals is refused'
);
select is(
  tests.refusal(
    $$
      select ops.verify_seals(k.file || '{"casinoId": 4711}') from tests.kept as k limit 1
    $$
  ),
  'INVALID_SEAL_FILE', 'and so is another casino''s'
);
select tests.sign_in('boss');
select is(tests.refusal('select ops.verify_seals()'), 'FORBIDDEN', 'it takes audit:view');
select tests.sign_out();

select * from finish();
rollback;
