-- Where a gaming day stands with its signature, in a word, also a day on which nothing happened and
-- which has no summary. Runs with its reader's rights; sign_off_gaming_day asks it all again.

create function compliance.sign_off_standing(gaming_day date) returns text
language sql
stable
return case
  when not identity.session_may('mtl:review') then null
  when exists (
    select
    from compliance.gaming_day_sign_off as s
    where s.casino_id = identity.current_casino_id()
      and s.gaming_day = sign_off_standing.gaming_day
  ) then 'signed_off'
  when sign_off_standing.gaming_day >= (select m.gaming_day from identity.me() as m)
    then 'running'
  when exists (
    select
    from compliance.ctr_case as c
    where c.casino_id = identity.current_casino_id()
      and c.gaming_day = sign_off_standing.gaming_day
      and c.state in ('open', 'ready')
  ) then 'blocked'
  when not identity.session_may('ctr:file') then 'free'
  else 'signable'
end;

alter function compliance.sign_off_standing(date) owner to compliance_service;
revoke all on function compliance.sign_off_standing(date) from public;
grant execute on function compliance.sign_off_standing(date) to pit_staff;

comment on function compliance.sign_off_standing(date) is
  'signed_off, running (not over yet), blocked by cases that are open or ready, signable by the '
  'signed-in person, or free for somebody with ctr:file; null without mtl:review. Error: IDUNA.';
