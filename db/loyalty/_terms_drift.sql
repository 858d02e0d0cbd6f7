-- Is the copy of limits and tiers that the write path reads (loyalty.terms_in_force) what the
-- versions say for the time that it claims? Every column but when standings were moved: a wrong
-- limit lets rewards through, or keeps them out, and no sum of entries would show it.

create or replace function loyalty._terms_drift() returns setof loyalty.drift
language sql
stable
security definer
set search_path = ''
begin atomic
  select null::uuid, null::bigint, a.name, e.value, a.value
  from loyalty.terms_in_force as f
  left join lateral loyalty._terms_at(f.casino_id, f.valid_from) as t on true
  cross join lateral jsonb_each_text(
    to_jsonb(f) - '{casino_id,standings_as_of}'::text[]
  ) as a (name, value)
  left join lateral jsonb_each_text(to_jsonb(t)) as e (name, value) on e.name = a.name
  where f.casino_id = identity._casino() and a.value is distinct from e.value
  union all
  select null, null, 'terms', 'exists', 'is missing'
  from loyalty._terms_at(identity._casino(), now()) as t
  where not exists (
    select from loyalty.terms_in_force as f where f.casino_id = identity._casino()
  );
end;

alter function loyalty._terms_drift() owner to loyalty_service;
revoke all on function loyalty._terms_drift() from public;
grant execute on function loyalty._terms_drift() to ops_service;

comment on function loyalty._terms_drift() is
  'Every difference between the copied limits and tiers of the running call''s casino and the '
  'versions that they are copied from.';
