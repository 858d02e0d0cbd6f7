begin;
set local search_path to pgtap, public;
select plan(4);

select tests.casino('TTABL');
select results_eq(
  $$
    select r.changed
    from ops.load_casino(tests.property('TTABL', '{
      "tables": [{"label": "T2", "pit": "Z", "game": "craps", "seats": 9},
        {"label": "N1", "pit": "N", "game": "golden", "seats": 5}]
    }')) as r
  $$,
  $$ values (true) $$, 'tables change'
);
select results_eq(
  $$
    select t.label, t.pit, t.game_code, t.seats, t.active
    from floor.gaming_table as t
    where t.casino_id = tests.casino_id()
    order by t.label
  $$,
  $$
    values
      ('C1', 'B', 'craps', 14, false), ('N1', 'N', 'golden', 5, true),
      ('T1', 'A', 'golden', 7, false), ('T2', 'Z', 'craps', 9, true)
  $$,
  'what the file no longer names is out of service, not gone'
);
select is((ops.load_casino(tests.property('TTABL'))).changed, true, 'back again');
select is(
  (
    select count(*)::integer from floor.gaming_table as t
    where t.casino_id = tests.casino_id() and t.active
  ),
  3, 'they are in service again'
);

select * from finish();
rollback;
