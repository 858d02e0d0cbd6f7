begin;
set local search_path to pgtap, public;
select plan(25);

select tests.casino('TREBT');
select tests.person('audrey', 'auditor');
select tests.person('claire', 'compliance_officer');
select tests.person('ada', 'admin');
select tests.player('P1');
select tests.player('P2');
select tests.cash('P1', 'in', 'chip_purchase', 6000, key => 'c1');
select tests.cash('P1', 'in', 'chip_purchase', 5000, tests.at('21:00'), key => 'c2');
select tests.cash('P1', 'out', 'chip_redemption', 300, tests.at('22:00'), key => 'c3');
select tests.cash('P2', 'in', 'chip_purchase', 400, key => 'c4');
select tests.happens('person', tests.at('19:00'), 'person', '{"description": "red hat"}');
select tests.sign_in('claire');
select tests.enter('red hat', 'chip_purchase', 9000);
select tests.enter('P2', 'chip_purchase', 3000);
select compliance.identify_patron(
  tests.who('red hat'), tests.player_id('P2'), 'the same person', 'i1'
);
select tests.sign_out();
alter table compliance.mtl_entry disable trigger mtl_entry_is_append_only;
alter table compliance.ctr_case disable trigger all;

create function tests.entry_id(key text) returns uuid
language sql
stable
security definer
return (
  select e.entry_id
  from compliance.mtl_entry as e
  where e.casino_id = tests.casino_id() and e.idempotency_key = key
);

create function tests.today() returns date
language sql
stable
security definer
return (
  select identity.gaming_day(c, now())
  from identity.casino as c
  where c.casino_id = tests.casino_id()
);

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
  v_days integer;
begin
  perform tests.sign_in('ada');
  v_days := (compliance.rebuild_totals(false)).days;
  perform tests.sign_out();
  return v_days;
end
$$;

-- Totals and cases as they are, without when they were written.
create function pg_temp.books() returns jsonb
language sql
return jsonb_build_array(
  (
    select jsonb_agg(to_jsonb(d) - 'updated_at' order by d.patron_id, d.gaming_day)
    from compliance.patron_gaming_day as d
    where d.casino_id = tests.casino_id() and (d.entries_in > 0 or d.entries_out > 0)
  ),
  (
    select jsonb_agg(jsonb_build_array(c.patron_id, c.gaming_day, c.state)
      order by c.patron_id, c.gaming_day)
    from compliance.ctr_case as c
    where c.casino_id = tests.casino_id() and c.state <> 'closed'
  )
);

-- After a statement: differences, days rebuilt, differences then; the statement is undone again.
create function pg_temp.mended_after(statement text) returns text
language plpgsql
as $$
declare
  v_done text;
  v_kept jsonb := pg_temp.books();
begin
  execute statement;
  v_done := format('%s found, %s rebuilt, %s left', tests.drift(), tests.rebuilt(), tests.drift());
  if v_kept <> pg_temp.books() then
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
exception when sqlstate 'MTBRK' then
  return 'refused';
end
$$;

select is(tests.cases('P2', tests.today()), 'open', 'two patrons, one person, one case');
select is(tests.drift(), 0, 'and everything agrees');

select tests.sign_in('claire');
select throws_ok(
  'select compliance.rebuild_totals()', 'IDFRB', null, 'not for who judges the totals'
);
select tests.sign_in('ada');
select results_eq(
  $$
    select r.dry_run, r.days, cardinality(r.differences), cardinality(r.totals)
    from compliance.rebuild_totals(dry_run => false) as r
  $$,
  $$ values (false, 0, 0, 0) $$,
  'where nothing differs, nothing is done'
);
select tests.sign_out();

update compliance.patron_gaming_day set cash_in = 9000 where patron_id = tests.patron_id('P1');
update compliance.ctr_case set state = 'closed', closed_reason = 'x'
where patron_id = tests.patron_id('P1');
select tests.sign_in('ada');
select results_eq(
  $$
    select r.dry_run, r.days, d.player_id, d.gaming_day, d.what, d.expected, d.actual
    from compliance.rebuild_totals() as r
    cross join unnest(r.differences) as d
  $$,
  $$
    values
      (
        true, 1, tests.player_id('P1'), date '2025-03-03', 'case', 'open', 'closed'
      ),
      (
        true, 1, tests.player_id('P1'), date '2025-03-03', 'cash_in', '11000.00', '9000.00'
      )
  $$,
  'unless told otherwise it only looks'
);
select is(tests.sums('P1'), '9000.00 / 300.00', 'and leaves everything as it is');
select results_eq(
  $$
    select r.dry_run, r.days, t.cash_in, t.cash_out
    from compliance.rebuild_totals(dry_run => false) as r
    cross join unnest(r.totals) as t
  $$,
  $$ values (false, 1, 11000::numeric, 300::numeric) $$,
  'told so, it gives the totals that it has rebuilt'
);
select is((compliance.rebuild_totals(dry_run => false)).days, 0, 'a second time there is nothing');
select is(tests.drift(), 0, 'and no reconciliation finds anything');
select is(tests.sums('P1'), '11000.00 / 300.00', 'the total is what the log says');
select is(tests.cases('P1'), 'open', 'and its case is settled');
select results_eq(
  $$
    select a.action, a.player_id, a.details ->> 'gaming_day',
      coalesce(a.details #>> '{before,cash_in}', a.details ->> 'before'),
      coalesce(a.details #>> '{after,cash_in}', a.details ->> 'after'), s.username
    from ops.audit_log as a
    join identity.staff as s on s.casino_id = a.casino_id and s.staff_id = a.staff_id
    where a.casino_id = tests.casino_id() and a.action like '%rebuilt'
    order by a.audit_log_id
  $$,
  $$
    values
      ('cash total rebuilt', tests.player_id('P1'), '2025-03-03', '9000.00', '11000.00', 'ada'),
      ('case rebuilt', tests.player_id('P1'), '2025-03-03', 'closed', 'open', 'ada')
  $$,
  'before and after are on record, and who did it'
);

-- Everything that may be wrong with totals and cases.
select is(
  pg_temp.mended_after($$ delete from compliance.patron_gaming_day
    where patron_id = tests.patron_id('P1') $$),
  '1 found, 1 rebuilt, 0 left', 'a total that is gone'
);
select is(
  pg_temp.mended_after($$
    insert into compliance.patron_gaming_day (
      casino_id, patron_id, gaming_day, cash_out, entries_out
    )
    values (tests.casino_id(), tests.patron_id('P2'), '2025-03-04', 70, 1)
  $$),
  '2 found, 1 rebuilt, 0 left', 'a total of nothing'
);
select is(
  pg_temp.mended_after($$ update compliance.patron_gaming_day set entries_in = 7, cash_in = 1
    where patron_id = tests.who('red hat') $$),
  '2 found, 1 rebuilt, 0 left', 'a total of somebody who was identified'
);
select is(
  pg_temp.mended_after($$ delete from compliance.ctr_case
    where patron_id = tests.patron_id('P2') $$),
  '1 found, 1 rebuilt, 0 left', 'a case that is gone'
);
select is(
  pg_temp.mended_after($$ update compliance.ctr_case set state = 'closed', closed_reason = 'x'
    where casino_id = tests.casino_id() $$),
  '2 found, 2 rebuilt, 0 left', 'cases that somebody closed'
);
select is(
  pg_temp.mended_after($$ update compliance.ctr_case set gaming_day = '2025-03-06'
    where patron_id = tests.patron_id('P1') $$),
  '2 found, 2 rebuilt, 0 left', 'a case of another day'
);

-- A log that is broken is no source.
select is(
  pg_temp.refused_after($$ delete from compliance.mtl_entry
    where entry_id = tests.entry_id('c3') $$),
  'refused', 'cash that was taken out of the log'
);
select is(
  pg_temp.refused_after($$
    insert into compliance.mtl_entry
    select (jsonb_populate_record(e, jsonb_build_object(
      'entry_id', uuidv7(), 'idempotency_key', 'x'
    ))).*
    from compliance.mtl_entry as e
    where e.entry_id = tests.entry_id('c3')
  $$),
  'refused', 'cash that nobody entered'
);
select is(
  pg_temp.refused_after($$ update compliance.mtl_entry set amount = 310, cash_out = 310
    where entry_id = tests.entry_id('c3') $$),
  'refused', 'an amount that was changed'
);
select is(
  pg_temp.refused_after($$ update compliance.mtl_entry set gaming_day = '2025-03-04'
    where entry_id = tests.entry_id('c3') $$),
  'refused', 'a gaming day'
);
select is(
  pg_temp.refused_after($$
    update compliance.patron_gaming_day set cash_in = 1 where patron_id = tests.patron_id('P2');
    delete from compliance.mtl_entry where entry_id = tests.entry_id('c3')
  $$),
  'refused', 'then nobody''s total is rebuilt'
);
select is(
  (
    select count(*) from ops.audit_log as a
    where a.casino_id = tests.casino_id() and a.action like '%rebuilt'
  ),
  2::bigint, 'and nothing more is on record'
);
select is(tests.drift(), 0, 'nothing is left of all this');

select * from finish();
rollback;
