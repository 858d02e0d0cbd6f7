-- Loads a list of tiers as a new version when it differs from the one in force, and puts every
-- player's tier where the new version says it is.

create or replace function loyalty._load_tiers(tiers jsonb) returns boolean
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_casino_id integer := identity._casino();
  v_version timestamptz;
begin
  if jsonb_typeof(tiers) is distinct from 'array' or not exists (
    select
    from jsonb_to_recordset(tiers) as t (
      tier text, threshold_points bigint, multiplier numeric(6, 3)
    )
    where t.threshold_points = 0
  ) then
    perform ops._refuse('OPPRP', array['"tiers" must be a list with one tier from 0 points']);
  end if;

  select max(t.effective_from) into v_version
  from loyalty.loyalty_tier as t
  where t.casino_id = v_casino_id and t.effective_from <= now();

  if not exists (
    (
      select t.tier, t.threshold_points, t.multiplier
      from jsonb_to_recordset(tiers) as t (
        tier text, threshold_points bigint, multiplier numeric(6, 3)
      )
      except
      select t.tier, t.threshold_points, t.multiplier
      from loyalty.loyalty_tier as t
      where t.casino_id = v_casino_id and t.effective_from = v_version
    )
    union all
    (
      select t.tier, t.threshold_points, t.multiplier
      from loyalty.loyalty_tier as t
      where t.casino_id = v_casino_id and t.effective_from = v_version
      except
      select t.tier, t.threshold_points, t.multiplier
      from jsonb_to_recordset(tiers) as t (
        tier text, threshold_points bigint, multiplier numeric(6, 3)
      )
    )
  ) then
    return false;
  end if;

  perform loyalty._add_tiers(
    tiers, case when v_version is null then '-infinity' else now() end
  );
  perform loyalty._move_standings();
  return true;
end
$$;

alter function loyalty._load_tiers(jsonb) owner to loyalty_service;
revoke all on function loyalty._load_tiers(jsonb) from public;

comment on function loyalty._load_tiers(jsonb) is
  'Adds a version of the tiers when the list differs from the one in force; true if it did. '
  'Error: OPPRP.';
