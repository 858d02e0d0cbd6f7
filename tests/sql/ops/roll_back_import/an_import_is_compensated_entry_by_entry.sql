-- Rolling back appends a reversal for each imported entry: balances, lifetime points and tiers are
-- as before, nothing is removed, and the same export can be imported anew.

begin;
set local search_path to pgtap, public;
select plan(17);

select tests.casino('TIMPD');
select tests.person('adam', 'admin');
select tests.person('audrey', 'auditor');
create function pg_temp.export() returns jsonb
language sql
return '{
  "players": [
    ["C1", "Ana", "Silva", "1970-01-01", "2024-01-01T00:00:00Z"],
    ["C2", "Ben", "Weber", "1970-01-01", "2024-01-01T00:00:00Z"]
  ],
  "history": [
    ["H1", "C1", "CREDIT", "12000", "", "", "2024-02-01T00:00:00Z"],
    ["H2", "C1", "DEBIT", "9000", "", "", "2024-02-02T00:00:00Z"],
    ["H3", "C2", "CREDIT", "500", "", "", "2024-02-02T00:00:00Z"]
  ]
}'::jsonb;
create temp table made as select tests.import(pg_temp.export()) as batch;
grant select on made to public;
create function pg_temp.finish_rollback() returns text
language plpgsql
as $$
declare
  v_batch ops.import_batch;
begin
  loop
    v_batch := ops.advance_import('TIMPD', (select batch from made));
    exit when v_batch.state <> 'undoing';
  end loop;
  return v_batch.state;
end
$$;
create function pg_temp.standing(card text) returns text
language sql
as $$
select concat_ws(' ', p.current_balance, p.lifetime_points, p.tier, p.last_entry_no)
from loyalty.player_loyalty as p
where p.player_id = tests.player_id(card);
$$;

create function tests.offered() returns text
language sql
return (
  select ops.import_batch_retryable(b) || ' ' || ops.import_batch_undoable(b)
  from ops.import_batch as b
  where b.import_batch_id = (select batch from made)
);

-- Ben spends points; the rollback must not take what isn't there.
select set_config('pit.casino', tests.casino_id()::text, true);
select count(*)
from loyalty._post_entries(
  row(
    tests.casino_id(), null, null, 'America/Los_Angeles', '06:00'::interval, 'x', null
  )::identity.actor,
  array[
    row(
      tests.player_id('C2'), 'REDEMPTION', 'POINTS_REDEEMED', 'manual', -100, null, null, null,
      'dinner', null, null, 'r1', sha256('r1'), now()
    )::loyalty.entry_draft
  ]
);

select tests.sign_in('audrey');
select is(tests.offered(), null, 'who may not import sees none');
select tests.sign_in('adam');
select is(tests.offered(), 'true true', 'a finished import is tried again or rolled back');
select is(
  tests.refusal($$ select ops.roll_back_import(batch, 'short') from made $$), 'REASON_REQUIRED',
  'it needs a reason'
);
select lives_ok(
  $$ select ops.roll_back_import(batch, 'The wrong export was taken') from made $$, 'rolling back'
);
select is(tests.offered(), 'false false', 'on its way back neither is offered');
select tests.sign_out();
select is(
  (
    select count(*) from graphile_worker.jobs as j where j.task_identifier = 'ops/advance_import'
      and j.key = 'pit:ops/advance_import:' || (select batch from made)
  ),
  1::bigint, 'is the worker''s to finish'
);
select is(pg_temp.finish_rollback(), 'partly_undone', 'who has spent points is left');
select tests.sign_in('adam');
select is(tests.offered(), 'false true', 'then it can be rolled back again');
select tests.sign_out();
select is(pg_temp.standing('C1'), '0 0 BRONZE 4', 'a player''s standing is as it was before');
select is(pg_temp.standing('C2'), '400 500 BRONZE 2', 'another''s is untouched');
select set_config('pit.casino', tests.casino_id()::text, true);
select results_eq(
  $$
    select l.transaction_type::text, l.points_change, l.balance_after, l.reverses_entry_no
    from loyalty.loyalty_ledger as l
    where l.player_id = tests.player_id('C1')
    order by l.entry_no
  $$,
  $$
    values
      ('GAMEPLAY', 12000::bigint, 12000::bigint, null::bigint), ('ADJUSTMENT', -9000, 3000, null),
      ('REVERSAL', 9000, 12000, 2), ('REVERSAL', -12000, 0, 1)
  $$,
  'by compensating entries, the debits first'
);
select is(
  (tests.import_report(batch) -> 'players' -> 'C1' ->> 'balance')::integer, 0, 'so says the report'
)
from made;

-- Ben wins the points back, and the rollback is repeated.
select set_config('pit.casino', tests.casino_id()::text, true);
select count(*)
from loyalty._post_entries(
  row(
    tests.casino_id(), null, null, 'America/Los_Angeles', '06:00'::interval, 'x', null
  )::identity.actor,
  array[
    row(
      tests.player_id('C2'), 'GAMEPLAY', 'RATING_SLIP_COMPLETED', 'system', 100, null, null, null,
      null, null, null, 'g1', sha256('g1'), now()
    )::loyalty.entry_draft
  ]
);
select lives_ok(
  $$ select ops.undo_import('TIMPD', batch, 'The wrong export was taken') from made $$, 'again'
);
select is(pg_temp.finish_rollback(), 'undone', 'now all of it is undone');
select tests.sign_in('adam');
select is(tests.offered(), 'false false', 'and nothing is offered any more');
select tests.sign_out();
select set_config('pit.casino', tests.casino_id()::text, true);
select is_empty(
  $$
    select d.*
    from loyalty._drift() as d
    union all
    select d.*
    from loyalty._drift(tests.player_id('C1')) as d
  $$,
  'ledger and standings agree'
);
select set_config('tests.again', tests.import(pg_temp.export())::text, true);
select is(
  pg_temp.standing('C1') || ', ' || pg_temp.standing('C2'),
  '3000 12000 SILVER 6, 500 600 BRONZE 5', 'the same export can be imported anew'
);

select * from finish();
rollback;
