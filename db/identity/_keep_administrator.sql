-- Last step of what takes something from a person: somebody must be left who may manage staff, or
-- nobody could ever put it right.

create or replace function identity._keep_administrator() returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  if not exists (
    select
    from identity.staff as s
    where s.casino_id = identity._casino()
      and s.active
      and identity.staff_signs_in(s)
      and 'staff:manage' = any (s.capabilities)
  ) then
    perform ops._refuse('IDADM');
  end if;
end
$$;

alter function identity._keep_administrator() owner to identity_service;
revoke all on function identity._keep_administrator() from public;

comment on function identity._keep_administrator() is
  'Refuses when no active person is left who may manage staff. Error: IDADM.';
