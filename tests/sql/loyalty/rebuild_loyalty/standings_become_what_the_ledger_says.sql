begin;
set local search_path to pgtap, public;
select plan(25);

select tests.casino('TREBL');
select tests.person('audrey', 'auditor');
select tests.person('mark', 'marketing');
select tests.person('ada', 'admin');
select tests.person('boss', 'pit_boss');
select tests.player('P1', 35000);
select tests.player('P2', 5000);
select tests.player('P3');
select tests.sign_in('boss');
select loyalty.redeem(tests.player_id('P1'), 700, 'dinner for two', 'k1');
select tests.sign_out();
alter table loyalty.loyalty_ledger disable trigger loyalty_ledger_is_append_only;

create function tests.card(player_id uuid) returns text
language sql
stable
security definer
return (select p.card_no from floor.player as p where p.player_id = card.player_id);

create function tests.drift() returns integer
language plpgsql
as $$
declare
  v_found integer;
begin
  perform tests.sign_in('audrey');
  v_found := (ops.reconcile()).drift_found;
  perform tests.sign_out();
  return v_found;
end
$$;

create function tests.rebuilt() returns integer
language plpgsql
as $$
declare
  v_players integer;
begin
  perform tests.sign_in('ada');
  v_players := (loyalty.rebuild_loyalty(false)).players;
  perform tests.sign_out();
  return v_players;
end
$$;

-- Every standing, without when it was written.
create function pg_temp.standings() returns jsonb
language sql
return (
  select jsonb_agg(to_jsonb(p) - 'updated_at' order by p.player_id)
  from loyalty.player_loyalty as p
  where p.casino_id = tests.casino_id()
);

-- After a statement: differences, players rebuilt, differences then; the statement is undone again.
create function pg_temp.mended_after(statement text) returns text
language plpgsql
as $$
declare
  v_done text;
  v_kept jsonb := pg_temp.standings();
begin
  execute statement;
  v_done := format('%s found, %s rebuilt, %s left', tests.drift(), tests.rebuilt(), tests.drift());
  if v_kept <> pg_temp.standings() then
    v_done := v_done || ', not as it was';
  end if;
  raise exception using errcode = 'TUNDO';
exception when sqlstate 'TUNDO' then
  return v_done;
end
$$;

create function pg_temp.refused_after(statement text) returns text
language plpgsql
as $$
begin
  execute statement;
  if tests.drift() = 0 then
    return 'nothing found';
  end if;
  perform tests.rebuilt();
  return 'rebuilt';
exception when sqlstate 'LYBRK' then
  return replace(sqlerrm, tests.player_id('P1')::text, 'P1');
end
$$;

select tests.sign_in('mark');
select throws_ok(
  'select loyalty.rebuild_loyalty()', 'IDFRB', null, 'not for who gives points'
);
select tests.sign_in('audrey');
select throws_ok('select loyalty.rebuild_loyalty()', 'IDFRB', null, 'nor for who audits');
select tests.sign_in('ada');
select results_eq(
  $$
    select r.dry_run, r.players, cardinality(r.differences), cardinality(r.standings)
    from loyalty.rebuild_loyalty(dry_run => false) as r
  $$,
  $$ values (false, 0, 0, 0) $$,
  'where nothing differs, nothing is done'
);
select tests.sign_out();

update loyalty.player_loyalty set current_balance = 7, tier = 'GOLD'
where player_id = tests.player_id('P2');
select tests.sign_in('ada');
select results_eq(
  $$
    select r.dry_run, r.players, tests.card(d.player_id), d.what, d.expected, d.actual
    from loyalty.rebuild_loyalty() as r
    cross join unnest(r.differences) as d
  $$,
  $$
    values
      (true, 1, 'P2', 'current_balance', '5000', '7'), (true, 1, 'P2', 'tier', 'BRONZE', 'GOLD')
  $$,
  'unless told otherwise it only looks'
);
select is((tests.standing('P2')).current_balance, 7::bigint, 'and leaves everything as it is');
select results_eq(
  $$
    select r.dry_run, r.players, tests.card(s.player_id), s.current_balance, s.tier
    from loyalty.rebuild_loyalty(dry_run => false) as r
    cross join unnest(r.standings) as s
  $$,
  $$ values (false, 1, 'P2', 5000::bigint, 'BRONZE') $$,
  'told so, it gives the standings that it has rebuilt'
);
select is((loyalty.rebuild_loyalty(dry_run => false)).players, 0, 'a second time there is nothing');
select is(tests.drift(), 0, 'and no reconciliation finds anything');
select is((tests.standing('P2')).current_balance, 5000::bigint, 'they are what the ledger says');
select results_eq(
  $$
    select tests.card(a.player_id), a.details #>> '{before,current_balance}',
      a.details #>> '{before,tier}', a.details #>> '{after,current_balance}',
      a.details #>> '{after,tier}', s.username
    from ops.audit_log as a
    join identity.staff as s on s.casino_id = a.casino_id and s.staff_id = a.staff_id
    where a.casino_id = tests.casino_id() and a.action = 'standing rebuilt'
  $$,
  $$ values ('P2', '7', 'GOLD', '5000', 'BRONZE', 'ada') $$,
  'before and after are on record, and who did it'
);

-- Everything that may be wrong with a cache.
select is(
  pg_temp.mended_after($$ update loyalty.player_loyalty set lifetime_points = lifetime_points + 1
    where casino_id = tests.casino_id() $$),
  '3 found, 3 rebuilt, 0 left', 'lifetime points, of everybody'
);
select is(
  pg_temp.mended_after($$ update loyalty.player_loyalty set tier_progress = 99
    where player_id = tests.player_id('P3') $$),
  '1 found, 1 rebuilt, 0 left', 'the progress of somebody without entries'
);
select is(
  pg_temp.mended_after($$ update loyalty.player_loyalty set last_entry_no = 9
    where player_id = tests.player_id('P1') $$),
  '1 found, 1 rebuilt, 0 left', 'the number of the newest entry'
);
select is(
  pg_temp.mended_after($$ update loyalty.player_loyalty set last_entry_hash = sha256('x')
    where player_id = tests.player_id('P1') $$),
  '1 found, 1 rebuilt, 0 left', 'its hash'
);
select is(
  pg_temp.mended_after($$ delete from loyalty.player_loyalty
    where player_id = tests.player_id('P1') $$),
  '1 found, 1 rebuilt, 0 left', 'the standing as a whole'
);
select is(
  pg_temp.mended_after($$
    update loyalty.player_loyalty as p
    set last_entry_no = l.entry_no, last_entry_hash = l.entry_hash,
      current_balance = l.balance_after, lifetime_points = 20000, tier_progress = 25
    from loyalty.loyalty_ledger as l
    where l.player_id = p.player_id and l.entry_no = 2 and p.player_id = tests.player_id('P1')
  $$),
  '5 found, 1 rebuilt, 0 left', 'a standing of last week'
);
select is(
  pg_temp.mended_after($$ update loyalty.terms_in_force set approval_threshold = 9999
    where casino_id = tests.casino_id() $$),
  '1 found, 0 rebuilt, 0 left', 'the copy of limits and tiers, which is no player''s'
);

-- A ledger that is broken is no source.
select is(
  pg_temp.refused_after($$ delete from loyalty.loyalty_ledger
    where player_id = tests.player_id('P1') and entry_no = 3 $$),
  'The ledger of player P1 is broken, first at entry 3.', 'a gap'
);
select is(
  pg_temp.refused_after($$ delete from loyalty.loyalty_ledger
    where player_id = tests.player_id('P1') and entry_no = 5 $$),
  'The ledger of player P1 is broken, first at entry 5.', 'the newest entry is gone'
);
select is(
  pg_temp.refused_after($$ delete from loyalty.loyalty_ledger
    where player_id = tests.player_id('P1') $$),
  'The ledger of player P1 is broken, first at entry 1.', 'all entries are'
);
select is(
  pg_temp.refused_after($$ update loyalty.loyalty_ledger
    set points_change = points_change + 1, balance_after = balance_after + 1
    where player_id = tests.player_id('P1') and entry_no = 5 $$),
  'The ledger of player P1 is broken, first at entry 5.',
  'an entry says something else than its hash'
);
select is(
  pg_temp.refused_after($$
    update loyalty.loyalty_ledger as e
    set points_change = -600, balance_after = e.balance_before - 600,
      entry_hash = loyalty._entry_hash(
        e.previous_hash,
        loyalty._entry_content(
          e.casino_id, e.player_id, e.entry_no, e.transaction_type, e.event_type, e.source,
          -600, e.balance_before, e.balance_before - 600, e.tier_before, e.tier_after,
          e.rating_slip_id, e.visit_id, e.reverses_entry_no, e.reason, e.staff_id, e.approved_by,
          e.correlation_id, e.idempotency_key, e.request_fingerprint, e.gaming_day,
          e.occurred_at, e.created_at
        )
      )
    where e.player_id = tests.player_id('P1') and e.entry_no = 5
  $$),
  'The ledger of player P1 is broken, first at entry 6.',
  'somebody who knows how has rewritten the newest entry: the standing knows of another'
);
select is(
  pg_temp.refused_after($$
    update loyalty.player_loyalty set current_balance = 7 where player_id = tests.player_id('P2');
    delete from loyalty.loyalty_ledger where player_id = tests.player_id('P1') and entry_no = 3
  $$),
  'The ledger of player P1 is broken, first at entry 3.',
  'then nobody''s standing is rebuilt'
);
select is(
  (
    select count(*) from ops.audit_log as a
    where a.casino_id = tests.casino_id() and a.action = 'standing rebuilt'
  ),
  1::bigint, 'and nothing more is on record'
);
select is(tests.drift(), 0, 'nothing is left of all this');

select * from finish();
rollback;
