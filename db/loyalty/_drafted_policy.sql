-- A draft's policy: the version in force when it shall begin, with what shall differ. Naming
-- another known policy starts from that one's newest version instead. What isn't a parameter is
-- refused, so that a misspelt one doesn't pass for a change.

create or replace function loyalty._drafted_policy(changes jsonb, at timestamptz) returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_base loyalty.loyalty_policy;
  v_unknown text;
  v_message text;
begin
  if changes is null then
    return null;
  elsif jsonb_typeof(changes) <> 'object' then
    perform ops._refuse('LYVER', array['the policy must be an object of parameters']);
  end if;
  select b.* into v_base
  from loyalty._draft_bases(at) as b
  where b.name = changes ->> 'name';
  if not found then
    select p.* into v_base from loyalty._policy_in_force(identity._casino(), at) as p;
  end if;

  select string_agg(format('"%s" is no parameter', k), ', ') into v_unknown
  from jsonb_object_keys(changes) as k
  where not loyalty._policy_settings(v_base) ? k;
  if v_unknown is not null then
    perform ops._refuse('LYVER', array[v_unknown]);
  end if;
  return loyalty._policy_settings(jsonb_populate_record(v_base, changes));
exception
  when data_exception then
    get stacked diagnostics v_message = message_text;
    perform ops._refuse('LYVER', array[v_message]);
end
$$;

alter function loyalty._drafted_policy(jsonb, timestamptz) owner to loyalty_service;
revoke all on function loyalty._drafted_policy(jsonb, timestamptz) from public;

comment on function loyalty._drafted_policy(jsonb, timestamptz) is
  'All parameters of the policy in force at a moment, with these changes; null without any. Error: '
  'LYVER.';
