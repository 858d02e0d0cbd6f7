-- A draft's tiers in one form, from the lowest up, each with its name, its threshold and its
-- multiplier and nothing else. What the table's own checks say, loyalty._check_draft asks.

create or replace function loyalty._drafted_tiers(tiers jsonb) returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_tiers jsonb;
  v_message text;
begin
  if tiers is null then
    return null;
  elsif jsonb_typeof(tiers) <> 'array' then
    perform ops._refuse('LYVER', array['the tiers must be a list']);
  end if;
  select
    jsonb_agg(
      jsonb_build_object(
        'tier', t.tier, 'threshold_points', t.threshold_points, 'multiplier', t.multiplier
      )
      order by t.threshold_points
    )
  into v_tiers
  from jsonb_to_recordset(tiers) as t (
    tier text, threshold_points bigint, multiplier numeric(6, 3)
  );
  if v_tiers -> 0 ->> 'threshold_points' is distinct from '0' then
    perform ops._refuse('LYVER', array['one tier must begin at 0 points']);
  end if;
  return v_tiers;
exception
  when data_exception then
    get stacked diagnostics v_message = message_text;
    perform ops._refuse('LYVER', array[v_message]);
end
$$;

alter function loyalty._drafted_tiers(jsonb) owner to loyalty_service;
revoke all on function loyalty._drafted_tiers(jsonb) from public;

comment on function loyalty._drafted_tiers(jsonb) is
  'A list of tiers in its one form; null without any. Error: LYVER.';
