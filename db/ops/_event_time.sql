-- Reads an event's time: ISO 8601 with an offset, nothing vaguer, because a time without offset
-- would mean something else with every session's time zone.

create or replace function ops._event_time(value text) returns timestamptz
language plpgsql
stable
set search_path = ''
as $$
begin
  if value ~ '^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?([Zz]|[+-]\d\d(:?\d\d)?)$' then
    return value::timestamptz;
  end if;
  return null;
exception when data_exception then
  return null;
end
$$;

alter function ops._event_time(text) owner to ops_service;
revoke all on function ops._event_time(text) from public;

comment on function ops._event_time(text) is
  'The moment of an ISO 8601 text with offset; null when it isn''t one.';
