-- The gaming days with which a CTR file begins: of all cases that have something to send, on days
-- that are over, since cash that is still to come would make an amendment due. Whoever looks at
-- one such day means that day. Runs with its reader's rights.

create function compliance.days_to_file(gaming_day date default null)
returns compliance.file_period
language sql
stable
return (
  select
    row(
      coalesce(min(k.gaming_day) filter (where k.is_asked), min(k.gaming_day)),
      coalesce(max(k.gaming_day) filter (where k.is_asked), max(k.gaming_day))
    )::compliance.file_period
  from (
    select c.gaming_day, c.gaming_day = days_to_file.gaming_day as is_asked
    from compliance.ctr_case as c
    where (select identity.session_may('ctr:file'))
      and c.casino_id = identity.current_casino_id()
      and c.gaming_day < (select m.gaming_day from identity.me() as m)
      and (
        c.state in ('open', 'ready')
        or c.amendment_due and c.state in ('filed', 'acknowledged')
      )
  ) as k
);

alter function compliance.days_to_file(date) owner to compliance_service;
revoke all on function compliance.days_to_file(date) from public;
grant execute on function compliance.days_to_file(date) to pit_staff;

comment on function compliance.days_to_file(date) is
  'From the first to the last gaming day that is over and has a case to be filed or amended; '
  'gaming_day alone when it is one of them. Nulls when there is none, and without ctr:file.';
