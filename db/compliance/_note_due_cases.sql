-- Writes down which cases that still have to be filed have come near their last day, or passed it.
-- A case that was not looked at in between is overdue at once.

create or replace function compliance._note_due_cases(
  actor identity.actor,
  at timestamptz,
  near_days integer default 5
) returns setof compliance.ctr_due_notice
language sql
volatile
set search_path = ''
begin atomic
  insert into compliance.ctr_due_notice (
    casino_id, case_id, notice, due_on, days_left, correlation_id
  )
  select
    k.casino_id, k.case_id, case when k.due_on < d.today then 'overdue' else 'near' end,
    k.due_on, k.due_on - d.today, actor.correlation_id
  from (select (at at time zone actor.timezone)::date as today) as d
  join compliance.ctr_case as k
    on k.casino_id = identity._casino()
    and k.state in ('open', 'ready')
    and k.due_on <= d.today + near_days
  order by k.due_on, k.case_id
  on conflict do nothing
  returning *;
end;

alter function compliance._note_due_cases(identity.actor, timestamptz, integer)
owner to compliance_service;
revoke all on function compliance._note_due_cases(identity.actor, timestamptz, integer)
from public;

comment on function compliance._note_due_cases(identity.actor, timestamptz, integer) is
  'Notes cases that are due within so many days or overdue, once each, and gives what is new.';
