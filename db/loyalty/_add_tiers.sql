-- Adds a version of the tiers, all rows with one moment from which it is in force. Versions are
-- never changed; the terms in force follow by trigger.

create or replace function loyalty._add_tiers(
  tiers jsonb,
  effective_from timestamptz,
  loyalty_draft_id uuid default null
) returns void
language sql
volatile
begin atomic
  insert into loyalty.loyalty_tier (
    casino_id, effective_from, threshold_points, next_threshold_points, tier, multiplier,
    loyalty_draft_id
  )
  select
    identity._casino(), _add_tiers.effective_from, t.threshold_points,
    lead(t.threshold_points) over (order by t.threshold_points), t.tier, t.multiplier,
    _add_tiers.loyalty_draft_id
  from jsonb_to_recordset(_add_tiers.tiers) as t (
    tier text, threshold_points bigint, multiplier numeric(6, 3)
  );
end;

alter function loyalty._add_tiers(jsonb, timestamptz, uuid) owner to loyalty_service;
revoke all on function loyalty._add_tiers(jsonb, timestamptz, uuid) from public;

comment on function loyalty._add_tiers(jsonb, timestamptz, uuid) is
  'Writes a version of the tiers, in force from a moment on.';
