-- Compliance's part of setting a property up: the cash thresholds as effective versions, and the
-- filing data where the file has them. A changed file adds a version from now on; sums of the
-- past keep the thresholds they were judged by.

create or replace function compliance._load_casino(property jsonb) returns boolean
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_casino_id integer := identity._casino();
  v_floor numeric(14, 2) := coalesce((property #>> '{thresholds,log_floor}')::numeric, 3000);
  v_threshold numeric(14, 2) := coalesce(
    (property #>> '{thresholds,ctr_threshold}')::numeric, 10000
  );
  v_in_force compliance.threshold_policy;
  v_changed boolean := false;
begin
  if property ? 'filer' then
    v_changed := compliance._save_filer(property -> 'filer', null, uuidv7()::text);
  end if;

  select * into v_in_force
  from compliance.threshold_policy as t
  where t.casino_id = v_casino_id and t.effective_from <= now()
  order by t.effective_from desc
  limit 1;

  if (v_in_force.log_floor, v_in_force.ctr_threshold)
    is not distinct from (v_floor, v_threshold)
  then
    return v_changed;
  end if;
  insert into compliance.threshold_policy (casino_id, effective_from, log_floor, ctr_threshold)
  values (
    v_casino_id,
    case when v_in_force.casino_id is null then '-infinity' else now() end,
    v_floor, v_threshold
  );
  return true;
end
$$;

alter function compliance._load_casino(jsonb) owner to compliance_service;
revoke all on function compliance._load_casino(jsonb) from public;
grant execute on function compliance._load_casino(jsonb) to ops_service;

comment on function compliance._load_casino(jsonb) is
  'Loads the cash thresholds and the filing data of a property file for the casino of the '
  'running call; true when something changed. Error: MTFIL.';
