-- Who may do what, and why: one line for each person and capability, for the review that a house
-- owes its regulator, and for the questions "what may she do?" and "who can do this?".

create or replace function identity.access_review(
  person_id uuid default null,
  capability text default null
) returns setof identity.access_line
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('staff:manage');
begin
  return query
  select
    s.staff_id, s.username, s.display_name, s.role::text, s.active, c.capability,
    case when c.granted is false then 'withdrawn' when c.by_role then 'role' else 'added' end,
    c.granted is not false,
    case when c.excepted then c.reason end,
    case when c.excepted then c.given_by else s.role_given_by end,
    identity._display_name(case when c.excepted then c.given_by else s.role_given_by end),
    case when c.excepted then c.since else s.role_since end
  from identity.staff as s
  cross join lateral (
    select
      coalesce(r.capability, p.capability)::text as capability,
      r.capability is not null as by_role,
      p.granted, p.reason, p.given_by, p.since,
      -- An exception that says what the role brings anyway changes nothing.
      p.granted is not null and p.granted <> (r.capability is not null) as excepted
    from (
      select a.capability
      from identity.role_capability as a
      where a.casino_id = s.casino_id and a.role = s.role
    ) as r
    full join (
      select e.capability, e.granted, e.reason, e.given_by, e.since
      from identity.staff_permission as e
      where e.casino_id = s.casino_id and e.staff_id = s.staff_id
    ) as p on p.capability = r.capability
  ) as c
  where s.casino_id = identity._casino()
    and s.role <> 'sender'
    and (c.by_role or c.granted)
    and (access_review.person_id is null or s.staff_id = access_review.person_id)
    and (access_review.capability is null or c.capability = access_review.capability)
  order by s.active desc, lower(s.display_name), s.username, c.capability;
end
$$;

alter function identity.access_review(uuid, text) owner to identity_service;
revoke all on function identity.access_review(uuid, text) from public;
grant execute on function identity.access_review(uuid, text) to pit_staff;

comment on function identity.access_review(uuid, text) is
  'Each person''s capabilities with their source (role, added, withdrawn), who gave or took them, '
  'why, and since when; of one person or one capability when given. Capability staff:manage. '
  'Errors: IDUNA, IDFRB.';
