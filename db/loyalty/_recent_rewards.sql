-- The manual rewards that a person gave in these 60 seconds, also those that wait for another
-- person: what the pace counts. A reward that was approved counts once, as its request.

create or replace function loyalty._recent_rewards(staff_id uuid)
returns table (created_at timestamptz)
language sql
stable
begin atomic
  select a.created_at from loyalty._recent_awards(_recent_rewards.staff_id) as a
  union all
  select r.created_at
  from loyalty.reward_request as r
  where r.casino_id = identity._casino()
    and r.requested_by = _recent_rewards.staff_id
    and r.created_at > now() - interval '60 seconds';
end;

alter function loyalty._recent_rewards(uuid) owner to loyalty_service;
revoke all on function loyalty._recent_rewards(uuid) from public;

comment on function loyalty._recent_rewards(uuid) is
  'Times of the manual rewards that a person gave in the last 60 seconds.';
