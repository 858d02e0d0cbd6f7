--! Previous: sha1:43ebb9eaff2796fb76406eceec5c3458fd510455
--! Hash: sha1:26be466bf00f86b1769f2cfb1f10969a629e2ec0
--! Message: What waits, what comes next and what a command would come to

--! split: 1-current.sql
-- Enter migration here
--! Included loyalty/_tiers_in_force.sql
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
--! EndIncluded loyalty/_tiers_in_force.sql
--! Included loyalty/_terms_at.sql
-- The terms at any moment, from the versions of policy and tiers: what loyalty.terms_in_force is a
-- copy of. No row when a policy or the tiers are missing at that moment.

create or replace function loyalty._terms_at(casino_id integer, at timestamptz)
returns setof loyalty.terms_in_force
language sql
stable
rows 1
begin atomic
  select
    p.casino_id, greatest(p.effective_from, t.effective_from),
    least(
      coalesce(
        (
          select min(n.effective_from)
          from loyalty.loyalty_policy as n
          where n.casino_id = p.casino_id and n.effective_from > at
        ),
        'infinity'
      ),
      coalesce(
        (
          select min(n.effective_from)
          from loyalty.loyalty_tier as n
          where n.casino_id = p.casino_id and n.effective_from > at
        ),
        'infinity'
      )
    ),
    p.loyalty_policy_id, p.reward_limit, p.reward_reason_length, p.rewards_per_minute,
    p.approval_threshold,
    case
      when p.staff_day_limit is null and p.player_day_limit is null
        then least(p.reward_limit, p.approval_threshold - 1)
      else 0
    end,
    array_agg(t.tier order by t.threshold_points),
    array_agg(t.threshold_points order by t.threshold_points),
    p.staff_day_limit, p.player_day_limit, p.request_hours, now()
  from loyalty._policy_in_force(_terms_at.casino_id, at) as p
  cross join loyalty._tiers_in_force(_terms_at.casino_id, at) as t
  group by
    p.casino_id, p.effective_from, p.loyalty_policy_id, p.reward_limit, p.reward_reason_length,
    p.rewards_per_minute, p.approval_threshold, p.staff_day_limit, p.player_day_limit,
    p.request_hours, t.effective_from;
end;

alter function loyalty._terms_at(integer, timestamptz) owner to loyalty_service;
revoke all on function loyalty._terms_at(integer, timestamptz) from public;

comment on function loyalty._terms_at(integer, timestamptz) is
  'Limits and tiers at a moment and the time for which they hold; no row when none are in force.';
--! EndIncluded loyalty/_terms_at.sql
--! Included loyalty/reward_standing.sql
-- What a reward of so many points would be, told while the figure is typed: given at once, asked of
-- a second person, or too many. The command decides again, by the same terms, and also by pace,
-- days and player.

create function loyalty.reward_standing(points bigint) returns text
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('loyalty:award');
  v_terms loyalty.terms_in_force := loyalty._terms(now());
begin
  return case
    when reward_standing.points < 1 then null
    when reward_standing.points > v_terms.reward_limit then 'above_limit'
    when reward_standing.points >= v_terms.approval_threshold then 'requested'
    else 'given'
  end;
end
$$;

alter function loyalty.reward_standing(bigint) owner to loyalty_service;
revoke all on function loyalty.reward_standing(bigint) from public;
grant execute on function loyalty.reward_standing(bigint) to pit_staff;

comment on function loyalty.reward_standing(bigint) is
  'given, requested (from the approval threshold on) or above_limit; null below 1 point. '
  'Capability loyalty:award. Errors: IDUNA, IDFRB, LYPOL.';
--! EndIncluded loyalty/reward_standing.sql
--! Included loyalty/_draft_bases.sql
-- The policy versions from which a draft may start, each known name once: of the policy in force at
-- a moment the version in force, of every other its newest.

create function loyalty._draft_bases(at timestamptz) returns setof loyalty.loyalty_policy
language sql
stable
rows 5
begin atomic
  select distinct on (p.name) p.*
  from loyalty.loyalty_policy as p
  where p.casino_id = identity._casino()
  order by
    p.name,
    p.loyalty_policy_id = (
      select f.loyalty_policy_id from loyalty._policy_in_force(identity._casino(), at) as f
    ) desc nulls last,
    p.version desc;
end;

alter function loyalty._draft_bases(timestamptz) owner to loyalty_service;
revoke all on function loyalty._draft_bases(timestamptz) from public;

comment on function loyalty._draft_bases(timestamptz) is
  'For each policy name of the running call''s casino the version that a draft would change.';
--! EndIncluded loyalty/_draft_bases.sql
--! Included loyalty/_drafted_policy.sql
-- A draft's policy: the version in force when it shall begin, with what shall differ. Naming
-- another known policy starts from that one's newest version instead. What isn't a parameter is
-- refused, so that a misspelt one doesn't pass for a change.

create or replace function loyalty._drafted_policy(changes jsonb, at timestamptz) returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_base loyalty.loyalty_policy;
  v_unknown text;
  v_message text;
begin
  if changes is null then
    return null;
  elsif jsonb_typeof(changes) <> 'object' then
    perform ops._refuse('LYVER', array['the policy must be an object of parameters']);
  end if;
  select b.* into v_base
  from loyalty._draft_bases(at) as b
  where b.name = changes ->> 'name';
  if not found then
    select p.* into v_base from loyalty._policy_in_force(identity._casino(), at) as p;
  end if;

  select string_agg(format('"%s" is no parameter', k), ', ') into v_unknown
  from jsonb_object_keys(changes) as k
  where not loyalty._policy_settings(v_base) ? k;
  if v_unknown is not null then
    perform ops._refuse('LYVER', array[v_unknown]);
  end if;
  return loyalty._policy_settings(jsonb_populate_record(v_base, changes));
exception
  when data_exception then
    get stacked diagnostics v_message = message_text;
    perform ops._refuse('LYVER', array[v_message]);
end
$$;

alter function loyalty._drafted_policy(jsonb, timestamptz) owner to loyalty_service;
revoke all on function loyalty._drafted_policy(jsonb, timestamptz) from public;

comment on function loyalty._drafted_policy(jsonb, timestamptz) is
  'All parameters of the policy in force at a moment, with these changes; null without any. Error: '
  'LYVER.';
--! EndIncluded loyalty/_drafted_policy.sql
--! Included loyalty/draft_bases.sql
-- What a new draft of the rules can start from, for the form that writes one; draft_rules starts
-- from the same.

create function loyalty.draft_bases() returns setof loyalty.loyalty_policy
language plpgsql
stable
security definer
rows 5
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('loyalty:configure');
begin
  return query select b.* from loyalty._draft_bases(now()) as b;
end
$$;

alter function loyalty.draft_bases() owner to loyalty_service;
revoke all on function loyalty.draft_bases() from public;
grant execute on function loyalty.draft_bases() to pit_staff;

comment on function loyalty.draft_bases() is
  'Each known policy once, by name: the version in force, or else the newest. Capability '
  'loyalty:configure. Errors: IDUNA, IDFRB.';
--! EndIncluded loyalty/draft_bases.sql
--! Included loyalty/policy_in_force.sql
-- The policy by which play is awarded now, for screens: which of the versions holds is decided here
-- and by this clock.

create or replace function loyalty.policy_in_force() returns setof loyalty.loyalty_policy
language plpgsql
stable
security definer
rows 1
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('loyalty:view_all');
begin
  return query select p.* from loyalty._policy_in_force(v_actor.casino_id, now()) as p;
end
$$;

alter function loyalty.policy_in_force() owner to loyalty_service;
revoke all on function loyalty.policy_in_force() from public;
grant execute on function loyalty.policy_in_force() to pit_staff;

comment on function loyalty.policy_in_force() is
  'The newest policy version that has begun; none before the first. Capability loyalty:view_all. '
  'Errors: IDUNA, IDFRB.';
--! EndIncluded loyalty/policy_in_force.sql
--! Included loyalty/tiers_in_force.sql
-- The tiers that players hold now, for screens: which of the versions holds is decided here and by
-- this clock.

create or replace function loyalty.tiers_in_force() returns setof loyalty.loyalty_tier
language plpgsql
stable
security definer
rows 5
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('loyalty:view_all');
begin
  return query select t.* from loyalty._tiers_in_force(v_actor.casino_id, now()) as t;
end
$$;

alter function loyalty.tiers_in_force() owner to loyalty_service;
revoke all on function loyalty.tiers_in_force() from public;
grant execute on function loyalty.tiers_in_force() to pit_staff;

comment on function loyalty.tiers_in_force() is
  'The tiers of the newest version that has begun, from the lowest up. Capability '
  'loyalty:view_all. Errors: IDUNA, IDFRB.';
--! EndIncluded loyalty/tiers_in_force.sql
--! Included floor/games.sql
-- The games of a property for lists to choose from, each once, called as it is now; one that has
-- not begun yet as it will be. Runs with its reader's rights.

create function floor.games() returns setof floor.game_settings
language sql
stable
rows 20
begin atomic
  select distinct on (g.code) g.*
  from floor.game_settings as g
  where g.casino_id = (select identity.current_casino_id())
  order by
    g.code, g.effective_from > now(),
    case when g.effective_from <= now() then g.effective_from end desc, g.effective_from;
end;

alter function floor.games() owner to floor_service;
revoke all on function floor.games() from public;
grant execute on function floor.games() to pit_staff;

comment on function floor.games() is
  'For each game, by code, the version in force, or else the first that will be. Any signed-in '
  'person.';
--! EndIncluded floor/games.sql
--! Included compliance/compliance_alert_resolvable.sql
-- Whether the signed-in person may close an alert; a field of it, so that nobody is offered what
-- resolve_alert refuses.

create function compliance.compliance_alert_resolvable(alert compliance.compliance_alert)
returns boolean
language sql
stable
return alert.resolved_at is null and (select identity.session_may('mtl:review'));

alter function compliance.compliance_alert_resolvable(compliance.compliance_alert)
owner to compliance_service;
revoke all on function compliance.compliance_alert_resolvable(compliance.compliance_alert)
from public;
grant execute on function compliance.compliance_alert_resolvable(compliance.compliance_alert)
to pit_staff;

comment on function compliance.compliance_alert_resolvable(compliance.compliance_alert) is
  'Not closed yet, and the signed-in person may close it: with mtl:review.';
--! EndIncluded compliance/compliance_alert_resolvable.sql
--! Included compliance/ctr_case_summary.sql
-- A case as lists and its own page show it: whose it is, the sums as they are now and as they were
-- filed, and the clock. Runs with its reader's rights: cases need mtl:review.

create or replace view compliance.ctr_case_summary with (security_invoker = true) as
select
  k.casino_id,
  k.case_id,
  k.patron_id,
  p.player_id,
  f.card_no,
  coalesce(f.first_name || ' ' || f.last_name, p.known_name) as name,
  nullif(
    concat_ws(
      ', ', p.description, p.sex, p.apparent_age, p.height, p.build, p.hair, p.clothing, p.seat
    ),
    ''
  ) as description,
  k.gaming_day,
  coalesce(d.cash_in, 0) as cash_in,
  coalesce(d.cash_out, 0) as cash_out,
  t.ctr_threshold,
  k.state,
  k.closed_reason,
  k.due_on,
  k.due_on - c.today as days_left,
  k.state in ('open', 'ready') and k.due_on < c.today as overdue,
  k.amendment_due,
  k.filed_version,
  k.filed_version is null and e.exported as exported,
  v.filed_at,
  v.filed_by,
  v.cash_in as filed_cash_in,
  v.cash_out as filed_cash_out,
  k.bsa_id,
  k.merged_into_case_id,
  k.opened_by_entry_id,
  k.opened_at,
  k.state_changed_at,
  k.state = 'open' and (select identity.session_may('mtl:review')) as preparable,
  (k.state = 'ready' or k.state in ('filed', 'acknowledged') and k.amendment_due)
  and (select identity.session_may('ctr:file')) as exportable,
  (
    k.state = 'ready'
    or k.state in ('filed', 'acknowledged') and k.amendment_due
    or k.state = 'closed' and k.filed_version is null and e.exported
  )
  and (select identity.session_may('ctr:file')) as fileable,
  k.state = 'filed' and (select identity.session_may('ctr:file')) as acknowledgeable,
  k.state in ('open', 'ready') as unfiled,
  k.state in ('open', 'ready') or k.amendment_due as waiting,
  coalesce(k.filed_version, 0) + 1 as next_version
from compliance.ctr_case as k
join (
  select
    o.casino_id, o.timezone, o.gaming_day_start,
    (now() at time zone o.timezone)::date as today
  from identity.casino as o
) as c on c.casino_id = k.casino_id
join compliance.patron as p on p.casino_id = k.casino_id and p.patron_id = k.patron_id
left join floor.player as f on f.casino_id = p.casino_id and f.player_id = p.player_id
cross join lateral (
  select t.ctr_threshold
  from compliance.threshold_policy as t
  where t.casino_id = k.casino_id
    and t.effective_from <= (k.gaming_day + c.gaming_day_start) at time zone c.timezone
  order by t.effective_from desc
  limit 1
) as t
cross join lateral (
  select sum(g.cash_in) as cash_in, sum(g.cash_out) as cash_out
  from compliance.patron_gaming_day as g
  where g.casino_id = k.casino_id
    and g.gaming_day = k.gaming_day
    and (
      g.patron_id = k.patron_id
      or g.patron_id in (
        select l.unknown_patron_id
        from compliance.patron_link as l
        where l.casino_id = k.casino_id
          and l.player_patron_id = k.patron_id
          and l.undone_at is null
      )
    )
) as d
cross join lateral (
  select exists (
    select
    from compliance.ctr_export as x
    where x.casino_id = k.casino_id
      and x.exported_at >= k.opened_at - interval '1 hour'
      and x.case_ids @> array[k.case_id]
  ) as exported
) as e
left join compliance.ctr_filing as v
  on v.casino_id = k.casino_id and v.case_id = k.case_id and v.version = k.filed_version;

alter view compliance.ctr_case_summary owner to pit_owner;
grant select on compliance.ctr_case_summary to pit_staff;

comment on view compliance.ctr_case_summary is
  E'@primaryKey casino_id,case_id\n'
  'A case with its person, its sums now and as filed, and the days left to file it.';
comment on column compliance.ctr_case_summary.days_left is
  'Days from today to due_on by the casino''s calendar; negative when it has passed.';
comment on column compliance.ctr_case_summary.overdue is
  'Open or ready, and due_on has passed.';
comment on column compliance.ctr_case_summary.exported is
  'In a file that was made, and not noted as filed yet, so that it can be even when it has closed. '
  'Seen with ctr:file, false for others.';
comment on column compliance.ctr_case_summary.preparable is
  'Open, and the signed-in person may prepare it; whether its identification is complete is told '
  'by prepare_ctr.';
comment on column compliance.ctr_case_summary.exportable is
  'It belongs into the next file of its gaming day, and the signed-in person may make one; what '
  'else that file lacks is told by ctr_batch.';
comment on column compliance.ctr_case_summary.fileable is
  'The signed-in person may note it as filed: the first time, or the amendment that is due.';
comment on column compliance.ctr_case_summary.acknowledgeable is
  'Filed, and the signed-in person may note FinCEN''s identifier.';
comment on column compliance.ctr_case_summary.unfiled is
  'Open or ready: its clock runs, and its gaming day can''t be signed off.';
comment on column compliance.ctr_case_summary.waiting is
  'Something is still to be sent to FinCEN: the report, or the amendment that is due.';
comment on column compliance.ctr_case_summary.next_version is
  'The version that file_ctr would file next: 1 is the report, from 2 on it is an amendment.';
comment on column compliance.ctr_case_summary.filed_cash_in is
  'Cash in of the version filed last; null before that.';
--! EndIncluded compliance/ctr_case_summary.sql
--! Included loyalty/loyalty_draft_publishable.sql
-- Whether the signed-in person is the second one who may put drafted rules in force; a field of the
-- draft, so that nobody is offered what publish_draft refuses.

create or replace function loyalty.loyalty_draft_publishable(draft loyalty.loyalty_draft)
returns boolean
language sql
stable
return draft.status = 'open'
  and (draft.effective_from is null or draft.effective_from > now())
  and not exists (
    select
    from loyalty.loyalty_policy as p
    where draft.policy is not null
      and p.casino_id = draft.casino_id
      and p.effective_from = draft.effective_from
  )
  and not exists (
    select
    from loyalty.loyalty_tier as t
    where draft.tiers is not null
      and t.casino_id = draft.casino_id
      and t.effective_from = draft.effective_from
  )
  and identity.session_may('loyalty:configure')
  and draft.drafted_by <> (select m.staff_id from identity.me() as m);

alter function loyalty.loyalty_draft_publishable(loyalty.loyalty_draft) owner to loyalty_service;
revoke all on function loyalty.loyalty_draft_publishable(loyalty.loyalty_draft) from public;
grant execute on function loyalty.loyalty_draft_publishable(loyalty.loyalty_draft) to pit_staff;

comment on function loyalty.loyalty_draft_publishable(loyalty.loyalty_draft) is
  'Open, with its moment still to come and not taken by other rules, and the signed-in person may '
  'publish it: with loyalty:configure, and not its author.';
--! EndIncluded loyalty/loyalty_draft_publishable.sql
--! Included loyalty/loyalty_ledger_reversible.sql
-- Whether the signed-in person can still reverse an entry, as a field of it: a reversal can't be,
-- nor what was reversed already.

create or replace function loyalty.loyalty_ledger_reversible(entry loyalty.loyalty_ledger)
returns boolean
language sql
stable
return entry.transaction_type <> 'REVERSAL'
  and identity.session_may('loyalty:reverse')
  and loyalty.loyalty_ledger_reversed_by(entry) is null;

alter function loyalty.loyalty_ledger_reversible(loyalty.loyalty_ledger) owner to loyalty_service;
revoke all on function loyalty.loyalty_ledger_reversible(loyalty.loyalty_ledger) from public;
grant execute on function loyalty.loyalty_ledger_reversible(loyalty.loyalty_ledger) to pit_staff;

comment on function loyalty.loyalty_ledger_reversible(loyalty.loyalty_ledger) is
  'Neither a reversal nor reversed, and the signed-in person may reverse it: with loyalty:reverse. '
  'Whether the balance suffices is told by reverse_entry.';
--! EndIncluded loyalty/loyalty_ledger_reversible.sql
--! Included floor/find_players.sql
-- Finds players by card or name while somebody types, also as lists show them: last name, comma,
-- first name. Runs with the reader's own rights, so row-level security decides what can be found.

create or replace function floor.find_players(search text) returns setof floor.player
language sql
stable
begin atomic
  select p.*
  from floor.player as p
  where btrim(search) <> ''
    and (
      starts_with(lower(p.card_no), lower(btrim(search)))
      or starts_with(lower(p.last_name), lower(btrim(search)))
      or starts_with(lower(p.first_name), lower(btrim(search)))
      or starts_with(lower(p.first_name || ' ' || p.last_name), lower(btrim(search)))
      or starts_with(
        lower(p.last_name || ' ' || p.first_name),
        regexp_replace(lower(btrim(search)), '[\s,]+', ' ', 'g')
      )
    )
  order by lower(p.last_name), lower(p.first_name), p.player_id
  limit 50;
end;

alter function floor.find_players(text) owner to floor_service;
revoke all on function floor.find_players(text) from public;
grant execute on function floor.find_players(text) to pit_staff;

comment on function floor.find_players(text) is
  'Players whose card number, first name, last name or full name, in either order and with a '
  'comma or without, begins with the text; at most 50, by name.';
--! EndIncluded floor/find_players.sql
--! Included loyalty/next_tier.sql
-- The tier above a player's own: what a host names when a guest asks how far it is. A field of the
-- standing, since which tiers are in force is the database's to say.

create type loyalty.next_tier as (
  tier text,
  points bigint
);

alter type loyalty.next_tier owner to pit_owner;

comment on type loyalty.next_tier is
  'A tier in force that isn''t reached yet, and the lifetime points that are missing.';
--! EndIncluded loyalty/next_tier.sql
--! Included loyalty/player_loyalty_next_tier.sql
-- Which tier comes next and what is missing to it, as a field of the standing. One look into the
-- key of the tiers, with its reader's rights: whoever sees a standing may know what comes next.

create function loyalty.player_loyalty_next_tier(standing loyalty.player_loyalty)
returns loyalty.next_tier
language sql
stable
begin atomic
  select t.tier, t.threshold_points - standing.lifetime_points
  from loyalty.loyalty_tier as t
  where t.casino_id = standing.casino_id
    and t.effective_from = (
      select max(v.effective_from)
      from loyalty.loyalty_tier as v
      where v.casino_id = standing.casino_id and v.effective_from <= now()
    )
    and t.threshold_points > standing.lifetime_points
  order by t.threshold_points
  limit 1;
end;

alter function loyalty.player_loyalty_next_tier(loyalty.player_loyalty) owner to loyalty_service;
revoke all on function loyalty.player_loyalty_next_tier(loyalty.player_loyalty) from public;
grant execute on function loyalty.player_loyalty_next_tier(loyalty.player_loyalty) to pit_staff;

comment on function loyalty.player_loyalty_next_tier(loyalty.player_loyalty) is
  'The next tier and the lifetime points missing to it; null at the highest.';
--! EndIncluded loyalty/player_loyalty_next_tier.sql
--! Included compliance/file_period.sql
-- From which gaming day to which a CTR file goes; the shape of compliance.days_to_file(), so that a
-- screen begins with the days that the database found.

create type compliance.file_period as (
  first_day date,
  last_day date
);

alter type compliance.file_period owner to pit_owner;

comment on type compliance.file_period is
  'The first and the last gaming day of a CTR file; nulls when there is nothing to file.';
--! EndIncluded compliance/file_period.sql
--! Included compliance/days_to_file.sql
-- The gaming days with which a CTR file begins: of all cases that have something to send, on days
-- that are over, since cash that is still to come would make an amendment due. Whoever looks at
-- one such day means that day. Runs with its reader's rights.

create function compliance.days_to_file(gaming_day date default null)
returns compliance.file_period
language sql
stable
return (
  select
    row(
      coalesce(min(k.gaming_day) filter (where k.is_asked), min(k.gaming_day)),
      coalesce(max(k.gaming_day) filter (where k.is_asked), max(k.gaming_day))
    )::compliance.file_period
  from (
    select c.gaming_day, c.gaming_day = days_to_file.gaming_day as is_asked
    from compliance.ctr_case as c
    where (select identity.session_may('ctr:file'))
      and c.casino_id = identity.current_casino_id()
      and c.gaming_day < (select m.gaming_day from identity.me() as m)
      and (
        c.state in ('open', 'ready')
        or c.amendment_due and c.state in ('filed', 'acknowledged')
      )
  ) as k
);

alter function compliance.days_to_file(date) owner to compliance_service;
revoke all on function compliance.days_to_file(date) from public;
grant execute on function compliance.days_to_file(date) to pit_staff;

comment on function compliance.days_to_file(date) is
  'From the first to the last gaming day that is over and has a case to be filed or amended; '
  'gaming_day alone when it is one of them. Nulls when there is none, and without ctr:file.';
--! EndIncluded compliance/days_to_file.sql
