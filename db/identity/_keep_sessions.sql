-- Keeps what a session copies (capabilities, the casino's reckoning of gaming days) equal to
-- identity.staff and identity.casino, in the transaction that changes either, and ends the sessions
-- of a person who is no longer active. So every call asks one row and a change counts at once.

create or replace function identity._keep_sessions() returns trigger
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_active boolean;
begin
  perform set_config('pit.casino', new.casino_id::text, true);
  if tg_table_name = 'session' then
    select c.timezone, c.gaming_day_start, coalesce(p.capabilities, '{}'), p.active
    into new.timezone, new.gaming_day_start, new.capabilities, v_active
    from identity.casino as c
    left join identity.staff as p on p.casino_id = c.casino_id and p.staff_id = new.staff_id
    where c.casino_id = new.casino_id;
    new.revoked_at := coalesce(new.revoked_at, case when not v_active then now() end);
    return new;
  end if;
  update identity.session as s
  set capabilities = '{}'
  where s.casino_id = new.casino_id
    and s.revoked_at is null
    and (tg_table_name = 'casino' or s.staff_id = (to_jsonb(new) ->> 'staff_id')::uuid);
  return null;
end
$$;

alter function identity._keep_sessions() owner to identity_service;
revoke all on function identity._keep_sessions() from public;

create or replace trigger session_copies_its_person_and_casino
before insert or update on identity.session
for each row execute function identity._keep_sessions();
create or replace trigger sessions_follow_their_person
after update on identity.staff
for each row execute function identity._keep_sessions();
create or replace trigger sessions_follow_their_casino
after update on identity.casino
for each row execute function identity._keep_sessions();

comment on function identity._keep_sessions() is
  'Trigger of session, staff and casino: writes a session''s copies anew and ends the sessions of '
  'people who are no longer active.';
