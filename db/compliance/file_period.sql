-- From which gaming day to which a CTR file goes; the shape of compliance.days_to_file(), so that a
-- screen begins with the days that the database found.

create type compliance.file_period as (
  first_day date,
  last_day date
);

alter type compliance.file_period owner to pit_owner;

comment on type compliance.file_period is
  'The first and the last gaming day of a CTR file; nulls when there is nothing to file.';
