-- A million rows are judged by several processes, and the few of a test by one, unless it is made
-- to share them, too: verdicts and the order of posting must not depend on it.

begin;
set local search_path to pgtap, public;
select plan(5);

select tests.casino('TIMPW');
create function pg_temp.export(points text) returns jsonb
language sql
as $$
select jsonb_build_object(
  'players', (
    select jsonb_agg(
      jsonb_build_array('C' || c.n, 'Ana', 'Silva', '1970-01-01', '2024-01-01T00:00:00Z')
    )
    from generate_series(1, 9) as c (n)
  ),
  'history', (
    select jsonb_agg(
      jsonb_build_array(
        'H' || h.n % 280, 'C' || h.n % 11, case when h.n % 13 = 0 then 'GIFT' else 'CREDIT' end,
        case when h.n % 17 = 0 then 'x' else points end, '', 'S' || h.n % 290,
        format('2024-02-%sT00:00:00Z', lpad((1 + h.n % 30)::text, 2, '0'))
      )
    )
    from generate_series(1, 300) as h (n)
  ),
  'slips', (
    select jsonb_agg(
      jsonb_build_array(
        'S' || s.n % 300, 'C' || s.n % 9, 'CLOSED', points,
        format('2024-02-%sT00:00:00Z', lpad((1 + s.n % 28)::text, 2, '0'))
      )
    )
    from generate_series(280, 320) as s (n)
  )
);
$$;
-- Of a first import some rows are known to the second, some conflict with it.
create temp table made as
select tests.import(pg_temp.export('10')) as earlier;
alter table made add column batch uuid;
update made set batch = tests.import(
  jsonb_set(
    pg_temp.export('10'), '{history}',
    (pg_temp.export('10') -> 'history') || (pg_temp.export('11') -> 'history')
      || '[["N1", "C1", "CREDIT", "5", "", "", "2024-03-01T00:00:00Z"],
           ["N2", "C1", "CREDIT", "5", "", "", "2024-02-01T00:00:00Z"],
           ["N3", "C2", "CREDIT", "5", "", "", "2024-02-01T00:00:00Z"]]'::jsonb
  ),
  posted => false
);
select set_config('pit.casino', tests.casino_id()::text, true);

set local max_parallel_workers = 0;
create temp table alone as
select j.* from made as m cross join lateral ops._judged_rows(m.batch) with ordinality as j;
set local max_parallel_workers = 8;
set local min_parallel_table_scan_size = 0;
create temp table shared as
select j.* from made as m cross join lateral ops._judged_rows(m.batch) with ordinality as j;

select results_eq(
  'select a.file, a.row_no, a.verdict from alone as a where a.verdict is null order by ordinality',
  'select s.file, s.row_no, s.verdict from shared as s where s.verdict is null order by ordinality',
  'the same rows are to be posted, in the same order'
);
select set_eq(
  $$
    select a.file, a.row_no, a.legacy_id, a.idempotency_key, a.request_fingerprint, a.verdict
    from alone as a
  $$,
  $$
    select s.file, s.row_no, s.legacy_id, s.idempotency_key, s.request_fingerprint, s.verdict
    from shared as s
  $$,
  'and every verdict is the same'
);
select set_eq(
  'select distinct coalesce(s.verdict, ''posted'') from shared as s',
  '{posted,REPLAYED,IDEMPOTENCY_CONFLICT,INVALID_TYPE,INVALID_POINTS,INVALID_DATE,'
    'PLAYER_NOT_FOUND}'::text[],
  'which are of every kind'
);
select is(
  (select array_agg(s.ordinality order by s.ordinality) from shared as s where s.verdict is null),
  (select array_agg(n) from generate_series(1, (
    select count(*) from shared as s where s.verdict is null
  )) as n),
  'what is to be posted comes first, without gaps'
);
select is(
  (
    select array_agg(s.ordinality order by p.position)
    from ops.import_posting as p
    join made as m on m.batch = p.import_batch_id
    join shared as s on s.file = p.file and s.row_no = p.row_no
  ),
  (select array_agg(s.ordinality order by s.ordinality) from shared as s where s.verdict is null),
  'which is the order that was kept'
);

select * from finish();
rollback;
