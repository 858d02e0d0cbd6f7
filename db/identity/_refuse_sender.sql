-- The account of a floor system's feed needs import:run to send events, and may do nothing else
-- with it: whatever else asks for that capability is for people, and calls this.

create or replace function identity._refuse_sender(actor identity.actor) returns void
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform
  from identity.staff as s
  where s.casino_id = identity._casino()
    and s.staff_id = (actor).staff_id
    and s.role = 'sender';
  if found then
    perform ops._refuse('IDFRB', array['import:run']);
  end if;
end
$$;

alter function identity._refuse_sender(identity.actor) owner to identity_service;
revoke all on function identity._refuse_sender(identity.actor) from public;
grant execute on function identity._refuse_sender(identity.actor)
to loyalty_service, compliance_service, ops_service;

comment on function identity._refuse_sender(identity.actor) is
  'Refuses the account of a feed, which may only send events. Error: IDFRB.';
