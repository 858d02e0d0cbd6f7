-- What a retry or a rollback of an import writes has the id of the request that asked for it, not
-- the import's own, whoever takes the steps and whenever.

begin;
set local search_path to pgtap, public;
select plan(11);

select tests.casino('TTRCI');
select tests.person('adam', 'admin');
select tests.person('audrey', 'auditor');
create function pg_temp.export(more text default '') returns jsonb
language sql
return format(
  '{"players": [["C1", "Ana", "Silva", "1970-01-01", "2024-01-01T00:00:00Z"]],
    "history": [
      ["H1", "C1", "CREDIT", "10", "text", "", "2024-02-01T00:00:00Z"],
      ["H2", "C1", "CREDIT", "x", "text", "", "2024-02-01T00:00:00Z"] %s
    ]}', more
)::jsonb;
create function tests.held(batch uuid, id text) returns uuid
language sql
security definer
return (
  select q.import_quarantine_id
  from ops.import_quarantine as q
  where q.import_batch_id = held.batch and q.legacy_id = id
);
create function tests.traced(request text) returns text[]
language plpgsql
as $$
declare
  v_found text[];
begin
  perform tests.sign_in('audrey');
  select array_agg(t.kind || ': ' || t.what order by t.kind, t.what) into v_found
  from ops.trace(request) as t;
  perform tests.sign_out();
  return v_found;
end
$$;
create function pg_temp.finish_rollback(batch uuid) returns text
language plpgsql
as $$
declare
  v_batch ops.import_batch;
begin
  loop
    v_batch := ops.advance_import('TTRCI', batch);
    exit when v_batch.state <> 'undoing';
  end loop;
  return v_batch.state;
end
$$;

select set_config('pit.correlation_id', 'im-1', true);
create temp table made as select tests.import(pg_temp.export()) as batch;
select set_config('pit.correlation_id', 'im-2', true);
create temp table again as
select tests.import(pg_temp.export(', ["H3", "C1", "CREDIT", "7", "", "", "2024-02-01T00:00:00Z"]'))
  as batch;
grant select on made, again to public;
select is(
  tests.traced('im-1'),
  array[
    'audit: import started', 'job: ops/advance_import waiting', 'ledger entry: GAMEPLAY +10 points'
  ],
  'an import''s entries are the import''s'
);

select set_config('pit.correlation_id', 'rt-1', true);
select tests.sign_in('adam');
select ops.retry_import_row(tests.held(batch, 'H2'), '{"points": 20}', 'from the paper file')
from made;
select ops.retry_import_row(tests.held(batch, 'H2'), '{"points": 20}', 'from the paper file')
from again;
select tests.sign_out();
select is(
  tests.traced('rt-1'),
  array[
    'audit: import rows retried', 'audit: import rows retried', 'import retry: history settled',
    'import retry: history settled', 'ledger entry: GAMEPLAY +20 points'
  ],
  'a retry''s entry is the retry''s, though one finds the other''s'
);
select results_eq(
  $$
    select q.import_batch_id = m.batch, t.posted
    from ops.import_retry as t
    join ops.import_quarantine as q
      on q.casino_id = t.casino_id and q.import_quarantine_id = t.import_quarantine_id
    cross join made as m
    where t.correlation_id = 'rt-1'
    order by 1
  $$,
  $$ values (false, false), (true, true) $$, 'which posted and which found is on record'
);

select set_config('pit.correlation_id', 'rb-2', true);
select tests.sign_in('adam');
select ops.roll_back_import(batch, 'It was the wrong export') from again;
select tests.sign_out();
select set_config('pit.correlation_id', 'st-2', true);
select is(pg_temp.finish_rollback(batch), 'undone', 'one that only found is rolled back')
from again;
select is(
  (tests.standing('C1')).current_balance, 30::bigint, 'what the other one''s retry posted stands'
);
select is(
  tests.traced('rb-2'),
  array[
    'audit: import rollback begun', 'job: ops/advance_import waiting',
    'ledger entry: REVERSAL -7 points'
  ],
  'request, job and entries of a rollback have one id'
);
select is(tests.traced('st-2'), null::text[], 'whoever takes the steps adds none');

select set_config('pit.correlation_id', 'rb-1', true);
select tests.sign_in('adam');
select ops.roll_back_import(batch, 'It was the wrong export') from made;
select tests.sign_out();
select set_config('pit.correlation_id', 'st-1', true);
select is(pg_temp.finish_rollback(batch), 'undone', 'the other is rolled back') from made;
select is((tests.standing('C1')).current_balance, 0::bigint, 'with the row that was retried');
select is(
  tests.traced('rb-1'),
  array[
    'audit: import rollback begun', 'job: ops/advance_import waiting',
    'ledger entry: REVERSAL -10 points', 'ledger entry: REVERSAL -20 points'
  ],
  'all of it by that request'
);
select results_eq(
  $$
    select distinct s.username
    from loyalty.loyalty_ledger as l
    join identity.staff as s on s.casino_id = l.casino_id and s.staff_id = l.staff_id
    where l.casino_id = tests.casino_id() and l.transaction_type = 'REVERSAL'
  $$,
  $$ values ('adam') $$, 'and in the name of who asked'
);

select * from finish();
rollback;
