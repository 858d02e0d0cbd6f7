begin;
set local search_path to pgtap, public;
select plan(3);

select tests.casino('TGAME');
select tests.person('ann', 'pit_boss');
create function tests.game(code text, name text, since interval) returns void
language sql
begin atomic
  insert into floor.game_settings (
    casino_id, code, name, house_edge, decisions_per_hour, seats, effective_from
  )
  values (tests.casino_id(), code, name, 1, 60, 7, now() + since);
end;
create function tests.called() returns text
language sql
return (
  select string_agg(g.name, ', ' order by g.no)
  from floor.games() with ordinality as g (
    casino_id, game_settings_id, code, name, house_edge, decisions_per_hour, seats,
    conversion_rate, point_multiplier, effective_from, created_at, no
  )
  where g.code like 'z%'
);

select tests.game('zeta', 'Zeta before', '-2 days');
select tests.game('zeta', 'Zeta', '-1 day');
select tests.game('zeta', 'Zeta to come', '1 day');
select tests.game('zulu', 'Zulu first', '1 day');
select tests.game('zulu', 'Zulu second', '2 days');
select tests.sign_in('ann');
select is(tests.called(), 'Zeta, Zulu first', 'as it is called now, or will be');
select is(
  (select count(*) from floor.games() as g where g.code = 'zeta'), 1::bigint, 'each game once'
);
select tests.sign_out();
select tests.casino('TGAM2');
select tests.person('bob', 'pit_boss');
select tests.sign_in('bob');
select is(tests.called(), null, 'and none of another property''s');

select * from finish();
rollback;
