begin;
set local search_path to pgtap, public;
select plan(17);

select tests.casino('TTIME');
select tests.person('sup', 'floor_supervisor');
select tests.person('boss', 'pit_boss');
select tests.person('lent', 'floor_supervisor');
insert into identity.staff_permission (casino_id, staff_id, capability, granted)
select s.casino_id, s.staff_id, 'floor:backdate', true
from identity.staff as s
where s.casino_id = tests.casino_id() and s.username = 'lent';
select tests.player('P1');
select tests.player('P2');
select tests.seat('P1', 'T1', 1, 10, '1 hour');

create function tests.bet(ago interval) returns text
language plpgsql
as $$
declare
  v_code text;
begin
  perform floor.record_bet(tests.slip_id('P1'), 20, now() - ago, gen_random_uuid()::text);
  raise exception using errcode = 'TUNDO';
exception
  when sqlstate 'TUNDO' then
    return 'nothing';
  when others then
    get stacked diagnostics v_code = returned_sqlstate;
    return (select r.name from ops.error_registry as r where r.sqlstate = v_code);
end
$$;

select tests.sign_in('sup');
select is(tests.bet('0'), 'nothing', 'now');
select is(tests.bet('15 minutes'), 'nothing', '15 minutes back');
select is(tests.bet('15 minutes 0.000001 seconds'), 'INVALID_TIME', 'a microsecond more');
select is(tests.bet('-1 minute'), 'nothing', 'a minute ahead, for clocks that differ');
select is(tests.bet('-1 minute -0.000001 seconds'), 'INVALID_TIME', 'a microsecond more');
select is(tests.bet('2 hours'), 'INVALID_TIME', 'before the slip opened');
select tests.sign_in('boss');
select is(tests.bet('15 minutes 1 second'), 'nothing', 'floor:backdate goes further back');
select is(tests.bet('59 minutes'), 'nothing', 'much further');
select is(tests.bet('61 minutes'), 'INVALID_TIME', 'but not before the slip''s last event');
select is(tests.bet('-2 minutes'), 'INVALID_TIME', 'nor into the future');
select tests.sign_in('lent');
select is(tests.bet('59 minutes'), 'nothing', 'a lent capability counts as well');
select tests.sign_in('sup');
select is(
  tests.refusal($$ select floor.record_bet(tests.slip_id('P1'), 20, 'infinity', 'k') $$),
  'INVALID_TIME', 'never is no time'
);
select is(
  tests.refusal($$ select floor.record_bet(tests.slip_id('P1'), 20, '-infinity', 'k') $$),
  'INVALID_TIME', 'nor is always'
);
select tests.sign_out();
select is(
  tests.happens('ancient', now() - interval '61 years', 'visit_opened', '{"card": "P2"}'),
  'INVALID_TIME', 'nor is what nobody can remember'
);
select is(
  tests.happens('feed', now() - interval '59 minutes', 'bet_observed',
    '{"card": "P1", "average_bet": 5}'),
  'applied', 'the 15 minutes don''t apply to the feed'
);
select is(
  tests.happens('early', now() - interval '60 minutes', 'bet_observed',
    '{"card": "P1", "average_bet": 5}'),
  'INVALID_TIME', 'the order of events does'
);
select is(
  tests.happens('ahead', now() + interval '2 minutes', 'bet_observed',
    '{"card": "P1", "average_bet": 5}'),
  'INVALID_TIME', 'and so does the future'
);

select * from finish();
rollback;
