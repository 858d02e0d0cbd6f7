-- What a new draft of the rules can start from, for the form that writes one. draft_rules starts
-- from the same, as it will be when rules for a later moment begin.

create or replace function loyalty.draft_bases() returns setof loyalty.loyalty_policy
language plpgsql
stable
security definer
rows 5
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('loyalty:view_all');
begin
  return query select b.* from loyalty._draft_bases(now()) as b;
end
$$;

alter function loyalty.draft_bases() owner to loyalty_service;
revoke all on function loyalty.draft_bases() from public;
grant execute on function loyalty.draft_bases() to pit_staff;

comment on function loyalty.draft_bases() is
  'Each known policy once, by name: the version in force, or else the newest. Capability '
  'loyalty:view_all. Errors: IDUNA, IDFRB.';
