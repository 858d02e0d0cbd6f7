-- "What would the last 7 days have cost?" Prices the play of past gaming days with a draft's rules,
-- or with those in force, which gives exactly what was awarded under them. The play and the tiers
-- held before each award are taken as they were; that more points would also have raised tiers
-- sooner isn't followed up.

create or replace function loyalty.preview_rules(
  first_day date,
  last_day date,
  loyalty_draft_id uuid default null
) returns loyalty.rules_preview
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('loyalty:view_all');
  v_draft loyalty.loyalty_draft;
  v_policy loyalty.loyalty_policy;
  v_result loyalty.rules_preview;
  v_days integer := last_day - first_day + 1;
begin
  if v_days is null or v_days < 1 or v_days > 366 then
    perform ops._refuse('LYPRD', array['it must have 1 to 366 days']);
  end if;
  if preview_rules.loyalty_draft_id is not null then
    select d.* into v_draft
    from loyalty.loyalty_draft as d
    where d.casino_id = identity._casino()
      and d.loyalty_draft_id = preview_rules.loyalty_draft_id;
    if not found then
      perform ops._refuse('LYDFT');
    end if;
  end if;
  if v_draft.policy is null then
    select p.* into v_policy
    from loyalty._policy_in_force(
      identity._casino(), coalesce(v_draft.effective_from, now())
    ) as p;
  else
    v_policy := jsonb_populate_record(null::loyalty.loyalty_policy, v_draft.policy);
  end if;
  if v_policy.name is null then
    perform ops._refuse('LYPOL', array[now()::text]);
  end if;

  with line as (
    select
      s.game, s.game_name, s.tier, count(*) as slips, sum(s.awarded)::bigint as awarded,
      sum(s.previewed)::bigint as previewed,
      (
        select t.threshold_points
        from loyalty.loyalty_tier as t
        where t.casino_id = identity._casino() and t.tier = s.tier and t.effective_from <= now()
        order by t.effective_from desc
        limit 1
      ) as threshold
    from loyalty._priced_slips(
      (first_day + v_actor.gaming_day_start) at time zone v_actor.timezone,
      (last_day + 1 + v_actor.gaming_day_start) at time zone v_actor.timezone,
      v_policy, v_draft.tiers
    ) as s
    group by s.game, s.game_name, s.tier
  )
  select
    coalesce(sum(l.slips), 0), coalesce(sum(l.awarded), 0), coalesce(sum(l.previewed), 0),
    coalesce(
      array_agg(
        row(
          l.game, l.game_name, l.tier, l.slips, l.awarded, l.previewed
        )::loyalty.preview_line
        order by l.game_name, l.game, l.threshold, l.tier
      ),
      '{}'
    )
  into v_result.slips, v_result.awarded, v_result.previewed, v_result.lines
  from line as l;
  v_result.first_day := preview_rules.first_day;
  v_result.last_day := preview_rules.last_day;
  v_result.sentence := format(
    'The %s from %s to %s would have cost %s points instead of %s.',
    case v_days when 1 then 'gaming day' else v_days || ' gaming days' end,
    first_day, last_day,
    ltrim(to_char(v_result.previewed, '9,999,999,999,999,999,990')),
    ltrim(to_char(v_result.awarded, '9,999,999,999,999,999,990'))
  );
  return v_result;
end
$$;

alter function loyalty.preview_rules(date, date, uuid) owner to loyalty_service;
revoke all on function loyalty.preview_rules(date, date, uuid) from public;
grant execute on function loyalty.preview_rules(date, date, uuid) to pit_staff;

comment on function loyalty.preview_rules(date, date, uuid) is
  'What the play of past gaming days would have cost under a draft, or under the policy in force '
  '(no draft), as a whole and by game and tier, the lowest first. Capability loyalty:view_all. '
  'Errors: IDUNA, IDFRB, LYPRD, LYDFT, LYPOL.';
