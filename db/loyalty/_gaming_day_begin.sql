-- When the running gaming day began, or one some days from it will begin: where the entries of a
-- day start, and how long somebody has to wait for the next.

create or replace function loyalty._gaming_day_begin(
  actor identity.actor,
  days integer default 0
) returns timestamptz
language sql
stable
return (
  identity._gaming_day(actor.timezone, actor.gaming_day_start, now()) + days
  + actor.gaming_day_start
) at time zone actor.timezone;

alter function loyalty._gaming_day_begin(identity.actor, integer) owner to loyalty_service;
revoke all on function loyalty._gaming_day_begin(identity.actor, integer) from public;

comment on function loyalty._gaming_day_begin(identity.actor, integer) is
  'The moment at which the running gaming day, or the one so many days later, begins.';
