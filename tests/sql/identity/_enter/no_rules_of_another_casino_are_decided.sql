-- What two people decide: requests and drafts of one casino, met by the people of another.

begin;
set local search_path to pgtap, public;
select plan(12);

select tests.casino('TRULA');
select tests.person('ann', 'pit_boss');
select tests.person('mark', 'marketing');
select tests.player('A1', 500);
select set_config('tests.player_a', tests.player_id('A1')::text, true);
select tests.sign_in('ann');
select loyalty.manual_reward(tests.player_id('A1'), 6000, 'anniversary gift', 'k');
select tests.sign_in('mark');
select loyalty.draft_rules('because of summer', 'k', '{"reward_limit": 500}');
select tests.sign_out();
select set_config('tests.request_a', r.reward_request_id::text, true)
from loyalty.reward_request as r
where r.casino_id = tests.casino_id();
select set_config('tests.draft_a', d.loyalty_draft_id::text, true)
from loyalty.loyalty_draft as d
where d.casino_id = tests.casino_id();
create function tests.a(what text) returns uuid
language sql
return current_setting('tests.' || what || '_a')::uuid;

select tests.casino('TRULB');
select tests.person('bob', 'marketing');
select tests.sign_in('bob');
select throws_ok(
  $$ select loyalty.approve_reward(tests.a('request')) $$, 'LYREQ', null, 'approve their request'
);
select throws_ok(
  $$ select loyalty.decline_reward(tests.a('request'), 'x') $$, 'LYREQ', null, 'decline it'
);
select throws_ok(
  $$ select loyalty.adjust_points(tests.a('player'), 5, 'x', 'k') $$, 'RSPLR', null,
  'adjust their player''s points'
);
select throws_ok(
  $$ select loyalty.publish_draft(tests.a('draft')) $$, 'LYDFT', null, 'publish their draft'
);
select throws_ok(
  $$ select loyalty.withdraw_draft(tests.a('draft'), 'x') $$, 'LYDFT', null, 'withdraw it'
);
select throws_ok(
  $$ select loyalty.preview_rules('2025-03-03', '2025-03-03', tests.a('draft')) $$,
  'LYDFT', null, 'price with it'
);
select is_empty('select * from loyalty.approval', 'read their queue');
select is_empty('select * from loyalty.loyalty_draft', 'or their drafts');
select is(
  (loyalty.draft_rules('because of winter', 'k', '{"reward_limit": 600}')).replayed, false,
  'their keys are theirs'
);
select is_empty(
  $$ select * from loyalty.loyalty_policy as p where p.casino_id <> tests.casino_id() $$,
  'policies are one''s own'
);
select tests.sign_out();
select is(
  (
    select r.status
    from loyalty.reward_request as r
    where r.reward_request_id = tests.a('request')
  ),
  'pending', 'their request still waits'
);
select is(
  (
    select d.status
    from loyalty.loyalty_draft as d
    where d.loyalty_draft_id = tests.a('draft')
  ),
  'open', 'and their draft'
);

select * from finish();
rollback;
