-- ops._event_time for a million rows: no handler of exceptions, which would cost each row a
-- subtransaction, and no regular expression for the form that nearly all have, because PostgreSQL
-- builds its automaton anew for each text.

create or replace function ops._legacy_time(value text) returns timestamptz
language sql
stable
parallel safe
return case
  when (
    translate(value, '123456789', '000000000')
      = any ('{0000-00-00T00:00:00+00:00,0000-00-00T00:00:00Z}')
    or value ~ '^\d\d\d\d-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d([.]\d+)?)?([Zz]|[+-]\d\d(:?\d\d)?)$'
  ) and pg_input_is_valid(value, 'timestamptz')
    then value::timestamptz
end;

alter function ops._legacy_time(text) owner to ops_service;
revoke all on function ops._legacy_time(text) from public;

comment on function ops._legacy_time(text) is
  'The moment of an ISO 8601 text with offset; null when it isn''t one.';
