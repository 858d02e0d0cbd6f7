-- What a reward dialog must know before it asks: the limits in force and the caller's pace. The
-- command decides again.

create type loyalty.reward_limits as (
  max_points bigint,
  min_reason_length integer,
  rewards_per_minute integer,
  approval_threshold bigint,
  rewards_left integer,
  retry_after_seconds integer,
  staff_day_limit bigint,
  staff_day_left bigint,
  player_day_limit bigint,
  request_hours integer
);

alter type loyalty.reward_limits owner to pit_owner;

comment on type loyalty.reward_limits is
  'Limits of manual rewards in force, and how many the caller may still give this minute '
  'and this gaming day; a limit that is null isn''t set.';
