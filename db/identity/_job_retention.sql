-- ops asks how long a job that was given up stays to be seen and retried: the house decides that,
-- and ops does not read its row.

create or replace function identity._job_retention() returns interval
language sql
stable
security definer
set search_path = ''
return (
  select c.job_retention from identity.casino as c where c.casino_id = identity._casino()
);

alter function identity._job_retention() owner to identity_service;
revoke all on function identity._job_retention() from public;
grant execute on function identity._job_retention() to ops_service;

comment on function identity._job_retention() is
  'How long jobs of the running casino are kept after they were given up.';
