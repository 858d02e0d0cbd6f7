-- Sets a property up from its file (casino.json): for the owner's connection alone. Loading the
-- same file again changes nothing; a changed one adds effective versions and never rewrites the
-- past. Each context loads its own part into its own tables.

create or replace function ops.load_casino(
  property jsonb,
  out casino_id integer,
  out changed boolean
)
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_identity record;
  v_floor boolean;
  v_loyalty boolean;
  v_compliance boolean;
  v_actor identity.actor;
begin
  if jsonb_typeof(property) is distinct from 'object' then
    perform ops._refuse('OPPRP', array['an object is expected']);
  end if;
  v_identity := identity._load_casino(property);
  perform set_config('pit.casino', v_identity.casino_id::text, true);
  v_loyalty := loyalty._load_casino(property);
  v_floor := floor._load_casino(property);
  v_compliance := compliance._load_casino(property);

  casino_id := v_identity.casino_id;
  changed := v_identity.changed or v_floor or v_loyalty or v_compliance;
  if changed then
    v_actor.casino_id := casino_id;
    v_actor.correlation_id := uuidv7();
    perform ops._log(
      v_actor, 'property loaded',
      details => jsonb_build_object(
        'casino', v_identity.changed, 'floor', v_floor, 'loyalty', v_loyalty,
        'compliance', v_compliance
      )
    );
  end if;
exception
  when data_exception or check_violation or not_null_violation or unique_violation
    or cardinality_violation or program_limit_exceeded
  then
    perform ops._refuse('OPPRP', array[sqlerrm]);
end
$$;

alter function ops.load_casino(jsonb) owner to ops_service;
revoke all on function ops.load_casino(jsonb) from public;
grant execute on function ops.load_casino(jsonb) to pit_owner;

comment on function ops.load_casino(jsonb) is
  'Creates or updates a property from its file and makes the account of its feed. changed is '
  'false when nothing differed. Error: OPPRP with what is wrong in the file.';
