-- Loyalty's part of setting a property up: policies and tiers as effective versions. Both known
-- policies are seeded; the one that the file names is in force. The first version is in force
-- from -infinity, a changed one from now on; the past is never rewritten.

create or replace function loyalty._load_casino(property jsonb) returns boolean
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_casino_id integer := identity._casino();
  v_policy text := property ->> 'policy';
  v_changed boolean := false;
  v_in_force loyalty.loyalty_policy;
  v_tiers_changed boolean;
begin
  if v_policy is not null and v_policy not in ('pt1', 'theo') then
    perform ops._refuse('OPPRP', array['"policy" must be pt1 or theo']);
  end if;
  if not exists (
    select from loyalty.loyalty_policy as p where p.casino_id = v_casino_id
  ) then
    insert into loyalty.loyalty_policy (
      casino_id, name, version, round_decisions, apply_tier_multiplier,
      seat_bonus_rate, volume_bonus, rounding
    )
    values
      (v_casino_id, 'pt1', 0, true, true, 0.05, 1.1, 'half_up'),
      (v_casino_id, 'theo', 0, false, false, 0, 1, 'floor');
    v_changed := true;
  end if;

  select p.* into v_in_force from loyalty._policy_in_force(v_casino_id, now()) as p;
  if v_policy is not null and v_in_force.name is distinct from v_policy then
    perform loyalty._add_policy(
      loyalty._policy_settings(p),
      case when v_in_force.loyalty_policy_id is null then '-infinity' else now() end
    )
    from loyalty.loyalty_policy as p
    where p.casino_id = v_casino_id and p.name = v_policy
    order by p.version desc
    limit 1;
    v_changed := true;
  end if;

  -- In a statement of its own: "f() or true" needn't call f.
  v_tiers_changed := loyalty._load_tiers(property -> 'tiers');
  return v_changed or v_tiers_changed;
end
$$;

alter function loyalty._load_casino(jsonb) owner to loyalty_service;
revoke all on function loyalty._load_casino(jsonb) from public;
grant execute on function loyalty._load_casino(jsonb) to ops_service;

comment on function loyalty._load_casino(jsonb) is
  'Loads policy and tiers of a property file for the casino of the running call; true when '
  'something changed. Without "policy" none is put in force. Error: OPPRP.';
