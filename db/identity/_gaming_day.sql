-- The gaming day, defined once for every division (domain.md section 1): the local date, moved
-- back by the hour at which a gaming day begins. Local clock time decides, so it holds on both
-- daylight-saving nights.

create or replace function identity._gaming_day(
  timezone text,
  gaming_day_start interval,
  at timestamptz
)
returns date
language sql
immutable
return ((at at time zone timezone) - gaming_day_start)::date;

alter function identity._gaming_day(text, interval, timestamptz) owner to identity_service;
revoke all on function identity._gaming_day(text, interval, timestamptz) from public;
grant execute on function identity._gaming_day(text, interval, timestamptz)
to floor_service, loyalty_service, compliance_service, ops_service;

comment on function identity._gaming_day(text, interval, timestamptz) is
  'Gaming day of a moment: 05:59:59 local belongs to the previous date, 06:00:00 to the same.';
