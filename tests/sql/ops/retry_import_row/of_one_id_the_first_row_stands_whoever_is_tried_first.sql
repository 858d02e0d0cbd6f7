-- The first of two rows with one id and different content stands, also while it is in quarantine:
-- trying the other one first doesn't give it the id.

begin;
set local search_path to pgtap, public;
select plan(11);

select tests.casino('TFRST');
select tests.person('adam', 'admin');
create function pg_temp.h(id text, points text) returns text
language sql
return format('["%s", "C1", "CREDIT", "%s", "text", "", "2024-02-01T00:00:00Z"]', id, points);
create function pg_temp.export(history text) returns jsonb
language sql
return format(
  '{"players": [["C1", "Ana", "Silva", "1970-01-01", "2024-01-01T00:00:00Z"]],
    "history": [%s]}', history
)::jsonb;
create function tests.held(batch uuid, row_no integer) returns uuid
language sql
security definer
return (
  select q.import_quarantine_id
  from ops.import_quarantine as q
  where q.import_batch_id = held.batch and q.row_no = held.row_no
);
create function tests.tried(
  batch uuid, row_no integer, correction jsonb default null
) returns text
language sql
return (
  select concat_ws(' ', t.outcome, t.reason)
  from ops.retry_import_row(tests.held(batch, row_no), correction, 'from the paper file') as t
);
create function tests.balance() returns bigint
language sql
return (tests.standing('C1')).current_balance;

create temp table made as
select tests.import(
  pg_temp.export(
    concat_ws(
      ',', pg_temp.h('H1', 'x'), pg_temp.h('H1', '11'), pg_temp.h('H1', '12'), pg_temp.h('H2', 'x')
    )
  )
) as batch;
grant select on made to public;

select tests.sign_in('adam');
select is(
  tests.tried(batch, 2), 'quarantined IDEMPOTENCY_CONFLICT', 'the second, tried first, has no id'
)
from made;
select is(
  tests.tried(batch, 3, '{"points": 13}'), 'quarantined IDEMPOTENCY_CONFLICT',
  'nor has the third, corrected in something else'
)
from made;
select is(
  tests.tried(batch, 4, '{"id": "H1", "points": 9}'), 'quarantined IDEMPOTENCY_CONFLICT',
  'nor another row, corrected to this id'
)
from made;
select is(tests.balance(), 0::bigint, 'nothing is posted');
select is(tests.tried(batch, 1, '{"points": 10}'), 'settled', 'the first, corrected, has its id')
from made;
select is(
  tests.tried(batch, 2), 'quarantined IDEMPOTENCY_CONFLICT', 'which stays a conflict for others'
)
from made;
select is(
  tests.tried(batch, 2, '{"id": "H1-b"}'), 'settled', 'until they have an id of their own'
)
from made;
select is(tests.balance(), 21::bigint, 'each is posted once');
select tests.sign_out();

create temp table later as
select tests.import(
  pg_temp.export(concat_ws(',', pg_temp.h('H2', '7'), pg_temp.h('H3', '1')))
) as batch;
select ops.retry_quarantine('TFRST', batch) from later;
select is(
  tests.quarantine(batch), 'H2 IDEMPOTENCY_CONFLICT',
  'what an earlier import has in quarantine stands before a later one''s, as when it is judged'
)
from later;
select is(tests.balance(), 22::bigint, 'only the new row is posted');
do $$
declare
  v_batch ops.import_batch := ops.undo_import(
    'TFRST', (select m.batch from made as m), 'It was the wrong export'
  );
begin
  while v_batch.state = 'undoing' loop
    v_batch := ops.advance_import('TFRST', v_batch.import_batch_id);
  end loop;
end
$$;
select ops.retry_quarantine('TFRST', batch) from later;
select is(tests.balance(), 8::bigint, 'and no longer when the earlier import is undone');

select * from finish();
rollback;
