-- The door for the command line, which works over the owner's connection and has no session: sets
-- the casino for this call. Only functions that the owner alone may execute may use it.

create or replace function identity._enter_owner(casino_code text) returns identity.actor
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_actor identity.actor;
begin
  select c.casino_id, c.timezone, c.gaming_day_start, identity._correlation_id()
  into v_actor.casino_id, v_actor.timezone, v_actor.gaming_day_start, v_actor.correlation_id
  from identity.casino as c
  where c.code = casino_code;
  if not found then
    perform ops._refuse('IDCAS', array[casino_code]);
  end if;
  perform set_config('pit.casino', v_actor.casino_id::text, true);
  return v_actor;
end
$$;

alter function identity._enter_owner(text) owner to identity_service;
revoke all on function identity._enter_owner(text) from public;
grant execute on function identity._enter_owner(text) to ops_service;

comment on function identity._enter_owner(text) is
  'Sets the casino of the running call by its code, without a person. Error: IDCAS.';
