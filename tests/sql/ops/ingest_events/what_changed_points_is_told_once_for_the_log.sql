-- The gateway logs each change of points, also those of the feed, and counts their entries: what it
-- says comes with the outcome, and only where and when the event was applied.

begin;
set local search_path to pgtap, public;
select plan(15);

select tests.casino('TTOLD');
select tests.player('P1', 9000);

create function pg_temp.told(key text, at timestamptz, type text, fields jsonb default '{}')
returns jsonb
language sql
volatile
as $$
select f.told - 'player_id'
from tests.feed(jsonb_build_array(
  jsonb_build_object('key', key, 'at', at, 'type', type, 'card', 'P1') || fields
)) as f
$$;

select is(
  (
    select f.told ->> 'player_id'
    from tests.feed(jsonb_build_array(jsonb_build_object(
      'key', 'r0', 'at', tests.at('09:00'), 'type', 'reward', 'card', 'P1', 'points', 900,
      'reason', 'A fine morning'
    ))) as f
  ),
  tests.player_id('P1')::text, 'whose points'
);
select is(
  pg_temp.told(
    'r1', tests.at('09:01'), 'reward', '{"points": 200, "reason": "A fine morning"}'
  ),
  '{
    "outcome": "awarded", "event_type": "POINTS_UPDATE_REQUESTED",
    "transaction_type": "MANUAL_BONUS", "delta_points": "200", "balance_before": "9900",
    "balance_after": "10100", "tier_before": "BRONZE", "tier_after": "SILVER"
  }'::jsonb,
  'a reward: what, how much, balances and tiers; no reason and no key'
);
select is(
  pg_temp.told(
    'r1', tests.at('09:01'), 'reward', '{"points": 200, "reason": "A fine morning"}'
  ),
  null, 'the same again changes nothing'
);
select is(
  pg_temp.told('r2', tests.at('09:02'), 'reward', '{"points": 0, "reason": "A fine morning"}'),
  null, 'nor does what is refused'
);
select is(
  pg_temp.told('d1', tests.at('09:03'), 'redeem', '{"points": 100, "reason": "Coffee for two"}')
    - '{event_type,tier_before,tier_after}'::text[],
  '{
    "outcome": "awarded", "transaction_type": "REDEMPTION", "delta_points": "-100",
    "balance_before": "10100", "balance_after": "10000"
  }'::jsonb,
  'a redemption'
);
select is(
  pg_temp.told('u1', tests.at('09:04'), 'reverse', '{"ref": "r1", "reason": "A mistake"}')
    - '{event_type,tier_before,tier_after}'::text[],
  '{
    "outcome": "awarded", "transaction_type": "REVERSAL", "delta_points": "-200",
    "balance_before": "10000", "balance_after": "9800"
  }'::jsonb,
  'a reversal'
);

-- Slips, whatever closes them.
select is(
  pg_temp.told('v1', tests.at('10:00'), 'visit_opened'), null, 'opening a visit earns nothing'
);
select is(
  pg_temp.told(
    's1', tests.at('10:00'), 'slip_opened', '{"table": "T1", "seat": 1, "average_bet": 100}'
  ),
  null, 'nor does a slip that begins'
);
select is(
  pg_temp.told(
    'm1', tests.at('11:00'), 'moved', '{"table": "T2", "seat": 1, "average_bet": 100}'
  ) - '{event_type,tier_before,tier_after}'::text[],
  '{
    "outcome": "awarded", "transaction_type": "GAMEPLAY", "delta_points": "1620",
    "balance_before": "9800", "balance_after": "11420", "promotion_points": "0"
  }'::jsonb,
  'a move earns what was played'
);
select is(
  pg_temp.told('c1', tests.at('11:00'), 'slip_closed')
    - '{event_type,tier_before,tier_after}'::text[],
  '{
    "outcome": "awarded", "transaction_type": null, "delta_points": "0",
    "balance_before": null, "balance_after": null, "promotion_points": "0"
  }'::jsonb,
  'a slip without play: awarded nothing, without an entry'
);
select is(
  pg_temp.told('e1', tests.at('11:00'), 'visit_closed'), null, 'a visit that has no slip'
);
select pg_temp.told('v2', tests.at('12:00'), 'visit_opened');
select pg_temp.told(
  's2', tests.at('12:00'), 'slip_opened', '{"table": "T1", "seat": 1, "average_bet": 100}'
);
select is(
  pg_temp.told('e2', tests.at('12:30'), 'visit_closed') ->> 'transaction_type', 'GAMEPLAY',
  'the end of a visit ends its slip'
);
select is(
  pg_temp.told('c2', tests.at('12:30'), 'slip_closed'), null, 'which is closed then'
);

select tests.casino('TTOLP', '{"policy": null}');
select tests.player('P1');
select pg_temp.told('v1', tests.at('10:00'), 'visit_opened');
select pg_temp.told(
  's1', tests.at('10:00'), 'slip_opened', '{"table": "T1", "seat": 1, "average_bet": 100}'
);
select is(
  pg_temp.told('c1', tests.at('11:00'), 'slip_closed') ->> 'outcome', 'pending',
  'an award that failed is pending'
);
select is(
  (select count(*) from tests.entries('P1')), 0::bigint, 'and has no entry yet'
);

select * from finish();
rollback;
