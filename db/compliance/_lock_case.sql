-- Takes a case in hand: the lock of its person, under which everything about one person's day
-- happens, and then the case's own row. While waiting, an identification may have given the case
-- to somebody else; then theirs is the lock that counts.

create or replace function compliance._lock_case(actor identity.actor, case_id uuid)
returns compliance.ctr_case
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_patron uuid;
  v_person uuid;
  v_case compliance.ctr_case;
begin
  loop
    select c.patron_id into v_patron
    from compliance.ctr_case as c
    where c.casino_id = actor.casino_id and c.case_id = _lock_case.case_id;
    if not found then
      perform ops._refuse('MTCNF');
    end if;
    v_person := compliance._lock_person(actor, v_patron);

    select * into v_case
    from compliance.ctr_case as c
    where c.casino_id = actor.casino_id and c.case_id = _lock_case.case_id
    for no key update;
    exit when v_case.patron_id = v_patron;
  end loop;
  return v_case;
end
$$;

alter function compliance._lock_case(identity.actor, uuid) owner to compliance_service;
revoke all on function compliance._lock_case(identity.actor, uuid) from public;

comment on function compliance._lock_case(identity.actor, uuid) is
  'Locks the person of a case and the case, and gives the case. Error: MTCNF.';
