-- The gaming day for a reader with psql: gaming_day(casino row, moment). The same definition as
-- everywhere, because it asks the one place that has it.

create or replace function identity.gaming_day(casino identity.casino, at timestamptz) returns date
language sql
immutable
return identity._gaming_day(casino.timezone, casino.gaming_day_start, at);

alter function identity.gaming_day(identity.casino, timestamptz) owner to identity_service;
revoke all on function identity.gaming_day(identity.casino, timestamptz) from public;
grant execute on function identity.gaming_day(identity.casino, timestamptz) to pit_auditor;
grant execute on function identity._gaming_day(text, interval, timestamptz) to pit_auditor;

comment on function identity.gaming_day(identity.casino, timestamptz) is
  'Gaming day of a moment at a casino.';
