-- Halves are posted side by side, so a player's rows, whose order counts, are all in one of them;
-- and whichever half a call is at, nothing is left out and nothing comes twice.

begin;
set local search_path to pgtap, public;
select plan(6);

select tests.casino('TIMPH');
create temp table made as
select tests.import(
  jsonb_build_object(
    'players', (
      select jsonb_agg(
        jsonb_build_array('C' || c.n, 'Ana', 'Silva', '1970-01-01', '2024-01-01T00:00:00Z')
      )
      from generate_series(1, 3) as c (n)
    ),
    'history', (
      select jsonb_agg(
        jsonb_build_array(
          'H' || h.n, 'C' || (1 + h.n % 3), case when h.n % 9 = 0 then 'DEBIT' else 'CREDIT' end,
          '10', '', '', format('2024-02-%sT00:00:00Z', lpad(h.n::text, 2, '0'))
        )
      )
      from generate_series(1, 27) as h (n)
    )
  ),
  posted => false
) as batch;
select set_config('pit.casino', tests.casino_id()::text, true);

create function pg_temp.players(begins bigint, ends bigint) returns uuid[]
language sql
as $$
select array_agg(distinct p.player_id order by p.player_id)
from ops.import_posting as p
join made as m on m.batch = p.import_batch_id
where p.position > begins and p.position <= ends;
$$;

select is(
  (select ops._halfway(m.batch, 27, 0) from made as m), 18::bigint,
  'the second half begins after the last row of the player in the middle'
);
select ok(
  not pg_temp.players(0, 18) && pg_temp.players(18, 27), 'no player is in both'
);
select is(
  (select ops._halfway(m.batch, 27) from made as m), 27::bigint,
  'what is one chunk anyway has one half'
);

update ops.import_batch as b
set halfway = 18, second_half_through = 18
from made as m
where b.import_batch_id = m.batch;
select results_eq(
  $$
    select b.first_half_through, b.second_half_through, b.posted_through, b.state
    from made as m
    cross join generate_series(1, 5) as s (n)
    cross join lateral ops._advance_import(
      (
        select row(
          c.casino_id, null, null, c.timezone, c.gaming_day_start, 'halves', null
        )::identity.actor
        from identity.casino as c
        where c.casino_id = tests.casino_id()
      ),
      m.batch, 8 + 0 * s.n
    ) as b
  $$,
  $$
    values
      (8::bigint, 18::bigint, 8::bigint, 'posting'), (16, 18, 16, 'posting'),
      (18, 18, 18, 'posting'), (18, 26, 26, 'posting'), (18, 27, 27, 'finished')
  $$,
  'a call takes the half that is open, until both are through'
);
select results_eq(
  $$
    select l.player_id, count(*)
    from loyalty.loyalty_ledger as l
    where l.player_id = any (pg_temp.players(0, 27))
    group by l.player_id
    order by l.player_id
  $$,
  $$
    select p.player_id, count(*)
    from ops.import_posting as p
    join made as m on m.batch = p.import_batch_id
    group by p.player_id
    order by p.player_id
  $$,
  'every row is posted once'
);
select is_empty(
  $$ select * from loyalty._chain_problems(pg_temp.players(0, 27)) $$, 'the chains hold'
);

select * from finish();
rollback;
