-- The tiers in force at a moment: those of the newest version that had begun. Asked for the terms
-- of the write path and by screens.

create function loyalty._tiers_in_force(casino_id integer, at timestamptz)
returns setof loyalty.loyalty_tier
language sql
stable
rows 5
begin atomic
  select t.*
  from loyalty.loyalty_tier as t
  where t.casino_id = _tiers_in_force.casino_id
    and t.effective_from = (
      select max(v.effective_from)
      from loyalty.loyalty_tier as v
      where v.casino_id = _tiers_in_force.casino_id and v.effective_from <= at
    )
  order by t.threshold_points;
end;

alter function loyalty._tiers_in_force(integer, timestamptz) owner to loyalty_service;
revoke all on function loyalty._tiers_in_force(integer, timestamptz) from public;

comment on function loyalty._tiers_in_force(integer, timestamptz) is
  'The tiers in force at a moment, from the lowest up; no row when there are none.';
