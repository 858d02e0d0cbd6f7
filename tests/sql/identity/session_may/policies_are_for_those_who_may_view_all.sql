begin;
set local search_path to pgtap, public;
select plan(8);

select tests.casino('TMAYS');
select tests.person('mark', 'marketing');
select tests.person('sup', 'floor_supervisor');
select tests.sign_in('mark');
select isnt_empty($$ select * from loyalty.loyalty_policy $$, 'marketing sees policies');
select is(identity.session_may('loyalty:view_all'), true, 'it may');
select is(identity.session_may('floor:rate'), false, 'but it may not rate');
select tests.sign_in('sup');
select is_empty($$ select * from loyalty.loyalty_policy $$, 'a supervisor sees none');
select isnt_empty($$ select * from loyalty.loyalty_tier $$, 'tiers are for everybody');
select is(identity.session_may(null), false, 'what can''t be answered is no');
select is(identity.session_may('no:such'), false, 'as is what nobody has');
select set_config('pit.session', '', true);
select is(identity.session_may('floor:rate'), false, 'and whoever isn''t signed in');

select * from finish();
rollback;
