begin;
set local search_path to pgtap, public;
select plan(4);

select tests.casino('TREAA', '{"policy": null}');
select tests.person('ann', 'marketing');
select tests.player('A1');
select tests.seat('A1');
select tests.happens('left', now(), 'visit_closed', '{"card": "A1"}');
select ops.load_casino(tests.property('TREAA'));
select tests.player('A2', 500);
select tests.person('abe', 'pit_boss');
select tests.sign_in('abe');
select loyalty.manual_reward(tests.player_id('A2'), 6000, 'anniversary', 'k1');
select tests.sign_out();

select tests.casino('TREAB');
select tests.player('B1', 500);
select tests.seat('B1');
select tests.person('bea', 'marketing');

-- Tables that are readable, and those of them that show a row of their casino, or of another.
create function tests.reads(out readable text[], out own text[], out foreign_rows text[])
language plpgsql
as $$
declare
  v_table text;
  v_own boolean;
  v_foreign boolean;
begin
  for v_table in
    select r.full_name
    from tests.relation as r
    where r.of_a_casino and has_table_privilege(current_user, r.oid, 'select')
    order by 1
  loop
    execute format(
      'select coalesce(bool_or(casino_id = %1$s), false), '
      || 'coalesce(bool_or(casino_id <> %1$s), false) from %2$s',
      tests.casino_id(), v_table
    ) into v_own, v_foreign;
    readable := readable || v_table;
    if v_own then
      own := own || v_table;
    end if;
    if v_foreign then
      foreign_rows := foreign_rows || v_table;
    end if;
  end loop;
end
$$;

select tests.sign_in('bea');
select cmp_ok(
  (select cardinality(r.readable) from tests.reads() as r), '>=', 16, 'staff can read many tables'
);
select is(
  (select r.foreign_rows from tests.reads() as r), null,
  'none of them shows a row of another casino'
);
select cmp_ok(
  (select cardinality(r.own) from tests.reads() as r), '>=', 13,
  'most of them show rows of one''s own'
);
select tests.sign_out();
select ok(
  (select r.foreign_rows from tests.reads() as r) @> array[
    'floor.player', 'floor.visit', 'floor.rating_slip', 'floor.rating_slip_event',
    'loyalty.player_loyalty', 'loyalty.loyalty_ledger', 'loyalty.reward_request',
    'loyalty.accrual_failure', 'identity.staff', 'identity.session'
  ],
  'though there are such rows, as a superuser sees'
);

select * from finish();
rollback;
