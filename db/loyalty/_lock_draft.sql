-- First step of every decision on a draft: locks it, so that of two people who decide at once one
-- does.

create or replace function loyalty._lock_draft(loyalty_draft_id uuid)
returns loyalty.loyalty_draft
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_draft loyalty.loyalty_draft;
begin
  select d.* into v_draft
  from loyalty.loyalty_draft as d
  where d.casino_id = identity._casino() and d.loyalty_draft_id = _lock_draft.loyalty_draft_id
  for no key update;
  if not found then
    perform ops._refuse('LYDFT');
  end if;
  return v_draft;
end
$$;

alter function loyalty._lock_draft(uuid) owner to loyalty_service;
revoke all on function loyalty._lock_draft(uuid) from public;

comment on function loyalty._lock_draft(uuid) is 'Locks a draft for its decision. Error: LYDFT.';
