-- Whether a campaign makes sense: refuses the first thing that doesn't, in a sentence. Games and
-- tables are floor's, so floor is asked.

create or replace function loyalty._check_promotion(
  name text,
  starts_at timestamptz,
  ends_at timestamptz,
  multiplier numeric,
  budget bigint,
  game_codes text[],
  table_ids uuid[],
  tiers text[]
) returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  v_name text := btrim(_check_promotion.name, E' \t\r\n');
  v_wrong text;
begin
  v_wrong := case
    when coalesce(v_name, '') = '' then 'it needs a name'
    when length(v_name) > 200 then 'its name is longer than 200 characters'
    when _check_promotion.starts_at is null or not isfinite(_check_promotion.starts_at)
      then 'it needs a time at which it begins'
    when _check_promotion.ends_at is null or not isfinite(_check_promotion.ends_at)
      then 'it needs a time at which it ends'
    when _check_promotion.ends_at <= _check_promotion.starts_at then 'it ends before it begins'
    when _check_promotion.multiplier is null
      or not (_check_promotion.multiplier > 1 and _check_promotion.multiplier <= 100)
      then 'the multiplier must be more than 1 and at most 100'
    when _check_promotion.multiplier <> round(_check_promotion.multiplier, 3)
      then 'the multiplier has more than three decimals'
    when _check_promotion.budget is null or _check_promotion.budget < 1
      then 'the budget must be at least 1 point'
    when 0 in (
      cardinality(_check_promotion.game_codes), cardinality(_check_promotion.table_ids),
      cardinality(_check_promotion.tiers)
    )
      then 'a scope that is given must name something'
  end;
  if v_wrong is null then
    select 'there is no game ' || coalesce(g.code, 'without a code')
    into v_wrong
    from unnest(_check_promotion.game_codes) as g (code)
    where not coalesce(floor._game_exists(g.code), false)
    limit 1;
  end if;
  if v_wrong is null then
    select 'there is no table ' || coalesce(t.table_id::text, 'without an id')
    into v_wrong
    from unnest(_check_promotion.table_ids) as t (table_id)
    where not floor._table_exists(t.table_id)
    limit 1;
  end if;
  if v_wrong is null then
    select 'there is no tier ' || coalesce(t.tier, 'without a name')
    into v_wrong
    from unnest(_check_promotion.tiers) as t (tier)
    where not exists (
      select
      from loyalty.loyalty_tier as l
      where l.casino_id = identity._casino() and l.tier = t.tier
    )
    limit 1;
  end if;
  if v_wrong is not null then
    perform ops._refuse('LYPIN', array[v_wrong]);
  end if;
end
$$;

alter function loyalty._check_promotion(
  text, timestamptz, timestamptz, numeric, bigint, text[], uuid[], text[]
) owner to loyalty_service;
revoke all on function loyalty._check_promotion(
  text, timestamptz, timestamptz, numeric, bigint, text[], uuid[], text[]
) from public;

comment on function loyalty._check_promotion(
  text, timestamptz, timestamptz, numeric, bigint, text[], uuid[], text[]
) is 'Refuses a campaign that makes no sense at the casino of the running call. Error: LYPIN.';
