-- The points of the manual rewards that the caller gave in the running gaming day, or asked for:
-- what the limit of a staff member's day counts. A request counts while it waits and once it is
-- approved, on the day it was made; what was reversed still was given.

create or replace function loyalty._given_today(actor identity.actor) returns numeric
language sql
stable
return (
  select coalesce(sum(l.points_change), 0)
  from loyalty.loyalty_ledger as l
  where l.casino_id = identity._casino()
    and l.staff_id = actor.staff_id
    and l.transaction_type = 'MANUAL_BONUS'
    and l.approved_by is null
    and l.created_at >= loyalty._gaming_day_begin(actor)
) + (
  select coalesce(sum(r.points), 0)
  from loyalty.reward_request as r
  where r.casino_id = identity._casino()
    and r.requested_by = actor.staff_id
    and r.kind = 'reward'
    and (r.status = 'approved' or r.status = 'pending' and r.expires_at > now())
    and r.created_at >= loyalty._gaming_day_begin(actor)
);

alter function loyalty._given_today(identity.actor) owner to loyalty_service;
revoke all on function loyalty._given_today(identity.actor) from public;

comment on function loyalty._given_today(identity.actor) is
  'Points of manual rewards that the caller gave or asked for in the running gaming day.';
