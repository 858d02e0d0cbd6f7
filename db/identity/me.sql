-- Tells a client who is signed in and what they may do, so that screens offer what will work.
-- The decision itself is made again by every command.

create or replace function identity.me() returns identity.signed_in
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter(null);
  v_me identity.signed_in;
begin
  select
    p.staff_id, p.username, p.display_name, p.role::text,
    p.capabilities,
    c.casino_id, c.code, c.name, c.timezone, identity.gaming_day(c, now()),
    extract(epoch from s.idle_timeout)::integer
  into strict v_me
  from identity.staff as p
  join identity.casino as c on c.casino_id = p.casino_id
  join identity.session as s
    on s.casino_id = p.casino_id and s.session_id = v_actor.session_id
  where p.casino_id = v_actor.casino_id and p.staff_id = v_actor.staff_id;
  return v_me;
end
$$;

alter function identity.me() owner to identity_service;
revoke all on function identity.me() from public;
grant execute on function identity.me() to pit_staff;

comment on function identity.me() is
  'The signed-in person with their capabilities, the casino''s gaming day and how long the session '
  'lives unused. Error: IDUNA.';
