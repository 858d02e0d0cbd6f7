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
  v_from timestamptz;
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

  v_from := case when v_version is null then '-infinity' else now() end;
  insert into loyalty.loyalty_tier (
    casino_id, effective_from, threshold_points, next_threshold_points, tier, multiplier
  )
  select
    v_casino_id, v_from, t.threshold_points,
    lead(t.threshold_points) over (order by t.threshold_points), t.tier, t.multiplier
  from jsonb_to_recordset(tiers) as t (
    tier text, threshold_points bigint, multiplier numeric(6, 3)
  );

  perform
  from loyalty.player_loyalty as p
  where p.casino_id = v_casino_id
  order by p.player_id
  for no key update;
  update loyalty.player_loyalty as p
  set (tier, tier_progress) = (
    select s.tier, s.tier_progress
    from loyalty._tier_standing(p.casino_id, p.lifetime_points, now()) as s
  )
  where p.casino_id = v_casino_id;
  return true;
end
$$;

alter function loyalty._load_tiers(jsonb) owner to loyalty_service;
revoke all on function loyalty._load_tiers(jsonb) from public;

comment on function loyalty._load_tiers(jsonb) is
  'Adds a version of the tiers when the list differs from the one in force; true if it did. '
  'Error: OPPRP.';
