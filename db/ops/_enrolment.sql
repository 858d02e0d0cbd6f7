-- The values of a row of players.csv as an enrolment; dates that are none are null, which floor
-- refuses.

create or replace function ops._enrolment(fields text[]) returns floor.enrolment
language sql
stable
return row(
  fields[1], fields[2], fields[3],
  case
    when btrim(fields[4]) ~ '^\d\d\d\d-\d\d-\d\d$' and pg_input_is_valid(btrim(fields[4]), 'date')
      then btrim(fields[4])::date
  end,
  ops._legacy_time(btrim(fields[5]))
)::floor.enrolment;

alter function ops._enrolment(text[]) owner to ops_service;
revoke all on function ops._enrolment(text[]) from public;

comment on function ops._enrolment(text[]) is 'What a row of "players" says.';
