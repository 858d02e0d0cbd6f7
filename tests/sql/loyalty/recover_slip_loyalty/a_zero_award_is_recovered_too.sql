begin;
set local search_path to pgtap, public;
select plan(4);

select tests.casino('TPENZ', '{"policy": null}');
select tests.person('sup', 'floor_supervisor');
select tests.player('P1');
select tests.seat('P1', 'T1', 1, 0, '1 hour');
select tests.sign_in('sup');
select is((floor.complete_rating_slip(tests.slip_id('P1'))).outcome, 'pending', 'pending');
select tests.sign_out();
select ops.load_casino(tests.property('TPENZ'));
select tests.sign_in('sup');
select is((loyalty.recover_slip_loyalty(tests.slip_id('P1'))).outcome, 'awarded', 'awarded');
select is((loyalty.recover_slip_loyalty(tests.slip_id('P1'))).outcome, 'replayed', 'once');
select is((floor.complete_rating_slip(tests.slip_id('P1'))).points, 0::bigint, 'with 0 points');

select * from finish();
rollback;
