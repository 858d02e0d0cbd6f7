-- The terms of a stretch of time, one row for each version of policy or tiers that begins in it: so
-- that entries posted in bulk find theirs by a join instead of asking one by one.

create or replace function loyalty._terms_between(first_at timestamptz, last_at timestamptz)
returns setof loyalty.terms_in_force
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  select distinct on (t.valid_from) t.*
  from (
    select first_at
    union
    select p.effective_from
    from loyalty.loyalty_policy as p
    where p.casino_id = identity._casino()
      and p.effective_from > first_at
      and p.effective_from <= last_at
    union
    select r.effective_from
    from loyalty.loyalty_tier as r
    where r.casino_id = identity._casino()
      and r.effective_from > first_at
      and r.effective_from <= last_at
  ) as b (begins_at)
  cross join lateral loyalty._terms(b.begins_at) as t
  where first_at is not null
  order by t.valid_from;
end
$$;

alter function loyalty._terms_between(timestamptz, timestamptz) owner to loyalty_service;
revoke all on function loyalty._terms_between(timestamptz, timestamptz) from public;

comment on function loyalty._terms_between(timestamptz, timestamptz) is
  'Limits and tiers of the running call''s casino from one moment to another, without gaps. '
  'Error: LYPOL when there are none at one of them.';
