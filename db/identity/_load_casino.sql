-- Identity's part of setting a property up: the casino's row, what the roles may do, and the
-- account of the floor system that sends the feed. Loading the same again changes nothing.

create or replace function identity._load_casino(
  property jsonb,
  out casino_id integer,
  out changed boolean
)
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_code text := property ->> 'code';
  v_name text := property ->> 'name';
  v_timezone text := coalesce(property ->> 'timezone', 'America/Los_Angeles');
  v_start interval := coalesce(property ->> 'gaming_day_start', '06:00')::interval;
  v_sender uuid;
begin
  if v_code is null or v_code !~ '^[A-Z0-9]{2,12}$' then
    perform ops._refuse('OPPRP', array['"code" must be 2 to 12 capitals and digits']);
  end if;
  if v_name is null or btrim(v_name) = '' then
    perform ops._refuse('OPPRP', array['"name" is missing']);
  end if;
  if not exists (select from pg_catalog.pg_timezone_names as z where z.name = v_timezone) then
    perform ops._refuse('OPPRP', array['"timezone" is not an IANA time zone']);
  end if;
  if v_start < '0' or v_start >= '24 hours' then
    perform ops._refuse('OPPRP', array['"gaming_day_start" must be a time of day']);
  end if;

  perform pg_advisory_xact_lock(hashtextextended('identity._load_casino', 0));
  select c.casino_id into casino_id from identity.casino as c where c.code = v_code;
  changed := not found;
  if changed then
    select coalesce(max(c.casino_id), 0) + 1 into casino_id from identity.casino as c;
  end if;
  perform set_config('pit.casino', casino_id::text, true);

  if changed then
    insert into identity.casino (casino_id, code, name, timezone, gaming_day_start)
    values (_load_casino.casino_id, v_code, v_name, v_timezone, v_start);
    insert into identity.role_capability (casino_id, role, capability)
    select _load_casino.casino_id, r.role, unnest(r.capabilities)
    from identity._seed_role_capabilities() as r;
    insert into identity.staff (casino_id, username, display_name, role)
    values (_load_casino.casino_id, 'feed', 'Floor feed', 'sender')
    returning staff_id into v_sender;
    insert into identity.staff_permission (casino_id, staff_id, capability, granted)
    values (_load_casino.casino_id, v_sender, 'import:run', true);
  else
    update identity.casino as c
    set name = v_name, timezone = v_timezone, gaming_day_start = v_start
    where c.casino_id = _load_casino.casino_id
      and (c.name, c.timezone, c.gaming_day_start)
        is distinct from (v_name, v_timezone, v_start);
    changed := found;
  end if;
end
$$;

alter function identity._load_casino(jsonb) owner to identity_service;
revoke all on function identity._load_casino(jsonb) from public;
grant execute on function identity._load_casino(jsonb) to ops_service;

comment on function identity._load_casino(jsonb) is
  'Creates or updates the casino that a property file names, and sets it for the running call. '
  'changed is false when nothing differed. Error: OPPRP.';
