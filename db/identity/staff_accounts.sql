-- The people of a casino for whoever administers them, one of them, or those whose name or user
-- name begins with what is typed. Accounts of floor systems are no people.

create or replace function identity.staff_accounts(
  person_id uuid default null,
  search text default null
) returns setof identity.staff_account
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('staff:manage');
  v_search text := lower(btrim(coalesce(staff_accounts.search, '')));
begin
  return query
  select
    s.staff_id, s.username, s.display_name, s.role::text, s.licence_no, s.active, s.capabilities,
    array(
      select p.capability::text
      from identity.staff_permission as p
      where p.casino_id = s.casino_id and p.staff_id = s.staff_id and p.granted
      order by p.capability
    ),
    array(
      select p.capability::text
      from identity.staff_permission as p
      where p.casino_id = s.casino_id and p.staff_id = s.staff_id and not p.granted
      order by p.capability
    ),
    k.phc is not null, coalesce(k.must_change, false),
    case when k.locked_until > now() then k.locked_until end,
    k.signed_in_at,
    (
      select count(*)::integer
      from identity.session as o
      where o.casino_id = s.casino_id
        and o.staff_id = s.staff_id
        and o.kind = 'staff'
        and identity._session_lives(o)
    ),
    s.role_since, s.created_at, identity.staff_signs_in(s),
    s.staff_id <> v_actor.staff_id
  from identity.staff as s
  left join identity.staff_secret as k
    on k.casino_id = s.casino_id and k.staff_id = s.staff_id
  where s.casino_id = identity._casino()
    and s.role <> 'sender'
    and (staff_accounts.person_id is null or s.staff_id = staff_accounts.person_id)
    and (
      starts_with(s.username, v_search)
      or starts_with(lower(s.display_name), v_search)
      or strpos(lower(s.display_name), ' ' || v_search) > 0
    )
  order by s.active desc, lower(s.display_name), s.username;
end
$$;

alter function identity.staff_accounts(uuid, text) owner to identity_service;
revoke all on function identity.staff_accounts(uuid, text) from public;
grant execute on function identity.staff_accounts(uuid, text) to pit_staff;

comment on function identity.staff_accounts(uuid, text) is
  'People with role, capabilities, exceptions, lock, last sign-in and open sessions; active ones '
  'first, by name. Capability staff:manage. Errors: IDUNA, IDFRB.';
