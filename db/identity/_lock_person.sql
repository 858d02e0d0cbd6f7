-- First step of every command about a member of staff. They come one after the other at a casino,
-- so that two administrators can't take each other's place at once; whoever waited is asked again
-- whether they still may. Nobody changes their own account, and a feed's account is no person.

create or replace function identity._lock_person(actor identity.actor, person_id uuid)
returns identity.staff
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_locked boolean := ops._lock(actor.casino_id, 'pit:staff');
  v_person identity.staff;
begin
  if not identity._may(actor, 'staff:manage') then
    perform ops._refuse('IDFRB', array['staff:manage']);
  end if;
  select * into v_person
  from identity.staff as s
  where s.casino_id = identity._casino()
    and s.staff_id = _lock_person.person_id
    and s.role <> 'sender';
  if not found then
    perform ops._refuse('IDSTF', array[coalesce(_lock_person.person_id::text, 'without an id')]);
  elsif v_person.staff_id = actor.staff_id then
    perform ops._refuse('IDOWN');
  end if;
  return v_person;
end
$$;

alter function identity._lock_person(identity.actor, uuid) owner to identity_service;
revoke all on function identity._lock_person(identity.actor, uuid) from public;

comment on function identity._lock_person(identity.actor, uuid) is
  'Locks the staff of a casino and gives the person whom the caller may change. Errors: IDFRB, '
  'IDSTF, IDOWN.';
