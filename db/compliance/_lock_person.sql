-- Everything about one person's day happens under one lock, so that two entries at once can't both
-- miss the threshold. It is the row of the person whom the patron is; as long as it is held, no
-- link of that person can be made or undone, because both take it too. While waiting for it the
-- link may have changed, so it is looked up again.

create or replace function compliance._lock_person(actor identity.actor, patron_id uuid)
returns uuid
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_locked uuid;
  v_root uuid := compliance._root(_lock_person.patron_id);
begin
  while v_locked is distinct from v_root loop
    perform
    from compliance.patron as p
    where p.casino_id = identity._casino() and p.patron_id = v_root
    for no key update;
    if not found then
      return null;
    end if;
    v_locked := v_root;
    v_root := compliance._root(_lock_person.patron_id);
  end loop;
  return v_root;
end
$$;

alter function compliance._lock_person(identity.actor, uuid) owner to compliance_service;
revoke all on function compliance._lock_person(identity.actor, uuid) from public;

comment on function compliance._lock_person(identity.actor, uuid) is
  'Locks the person whom a patron is until the transaction ends and gives their patron id; null '
  'when there is no such patron.';
