-- The terms that an entry of this moment is written under: the row in force, or for moments outside
-- it what the versions say.

create or replace function loyalty._terms(at timestamptz) returns loyalty.terms_in_force
language plpgsql
stable
set search_path = ''
as $$
declare
  v_terms loyalty.terms_in_force;
begin
  select t.* into v_terms
  from loyalty.terms_in_force as t
  where t.casino_id = identity._casino() and at >= t.valid_from and at < t.valid_until;
  if not found then
    select t.* into v_terms from loyalty._terms_at(identity._casino(), at) as t;
  end if;
  if not found then
    perform ops._refuse('LYPOL', array[at::text]);
  end if;
  return v_terms;
end
$$;

alter function loyalty._terms(timestamptz) owner to loyalty_service;
revoke all on function loyalty._terms(timestamptz) from public;

comment on function loyalty._terms(timestamptz) is
  'Limits and tiers of the running call''s casino at a moment. Error: LYPOL.';
