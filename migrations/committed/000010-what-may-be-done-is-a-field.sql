--! Previous: sha1:2bd414085d93931132f6c3a7b7684b5e6be3ccb0
--! Hash: sha1:43ebb9eaff2796fb76406eceec5c3458fd510455
--! Message: What may be done is a field

--! split: 1-current.sql
-- Enter migration here
set local role pit_owner;
alter type identity.staff_account add attribute signs_in boolean, add attribute changeable boolean;
alter type loyalty.tier_movement add attribute same_way integer;
reset role;
comment on type identity.staff_account is
  'A member of staff with role, capabilities, exceptions from the role, and the account''s state. '
  'signs_in: false for dealers. changeable: not the signed-in person''s own account.';
comment on type loyalty.tier_movement is
  'On a gaming day, so many players went from one tier to another by an entry in the ledger. '
  'same_way: all moves of the day that lead up, or that lead down, added up.';
--! Included identity/staff_signs_in.sql
-- Who of the staff signs in at all: a dealer is a name on the records of a table, and a floor
-- system's account sends with a key of its own. Asked wherever it matters, and by screens.

create function identity.staff_signs_in(staff identity.staff) returns boolean
language sql
immutable
return staff.role not in ('dealer', 'sender');

alter function identity.staff_signs_in(identity.staff) owner to identity_service;
revoke all on function identity.staff_signs_in(identity.staff) from public;
grant execute on function identity.staff_signs_in(identity.staff) to pit_staff;

comment on function identity.staff_signs_in(identity.staff) is
  'Whether a member of staff with this role ever signs in; null when there is nobody.';
--! EndIncluded identity/staff_signs_in.sql
--! Included identity/sign_in_challenge.sql
-- First half of signing in: gives the gateway the hash to verify. Only the gateway's own login
-- may call it, never a request: whoever can read hashes can guess passwords offline. An unknown
-- name, a dealer and a feed account give no row; the gateway then verifies against a dummy, so
-- that answer and time are the same. That somebody tried is in the audit log.

create or replace function identity.sign_in_challenge(
  casino_code text,
  username text,
  correlation_id text default null
) returns table (casino_id integer, staff_id uuid, phc text, locked_until timestamptz)
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_casino_id integer;
  v_staff identity.staff;
  v_actor identity.actor;
begin
  select c.casino_id into v_casino_id
  from identity.casino as c
  where c.code = upper(btrim(casino_code));
  if not found then
    return;
  end if;
  perform set_config('pit.casino', v_casino_id::text, true);
  select * into v_staff
  from identity.staff as p
  where p.casino_id = v_casino_id and p.username = lower(btrim(sign_in_challenge.username));

  return query
  select s.casino_id, s.staff_id, s.phc,
    case when s.locked_until > now() then s.locked_until end
  from identity.staff_secret as s
  where s.casino_id = v_casino_id
    and s.staff_id = v_staff.staff_id
    and v_staff.active
    and identity.staff_signs_in(v_staff);
  if not found then
    v_actor.casino_id := v_casino_id;
    v_actor.correlation_id :=
      coalesce(sign_in_challenge.correlation_id, identity._correlation_id());
    perform ops._log_refused_sign_in(v_actor, 'IDUNA', v_staff.staff_id);
  end if;
end
$$;

alter function identity.sign_in_challenge(text, text, text) owner to identity_service;
revoke all on function identity.sign_in_challenge(text, text, text) from public;
grant execute on function identity.sign_in_challenge(text, text, text) to pit_gateway;

comment on function identity.sign_in_challenge(text, text, text) is
  'For the gateway alone: the password hash of a person who may sign in, and until when the '
  'account is locked. No row for anybody else.';
--! EndIncluded identity/sign_in_challenge.sql
--! Included identity/complete_sign_in.sql
-- Second half of signing in: counts a failure, or opens the session. Never raises for a wrong
-- password, because raising would take back the count. While an account is locked not even the
-- right password opens it, and a password that somebody else gave opens it only together with the
-- hash of a new one. Every outcome is in the audit log.

create or replace function identity.complete_sign_in(
  casino_id integer,
  staff_id uuid,
  succeeded boolean,
  token_hash bytea,
  correlation_id text default null,
  new_phc text default null
)
returns table (
  session_id uuid,
  locked_until timestamptz,
  expires_at timestamptz,
  must_change boolean
)
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_casino identity.casino;
  v_secret identity.staff_secret;
  v_session identity.session;
  v_actor identity.actor;
begin
  perform set_config('pit.casino', complete_sign_in.casino_id::text, true);
  select * into strict v_casino
  from identity.casino as c where c.casino_id = complete_sign_in.casino_id;
  select * into strict v_secret
  from identity.staff_secret as s
  where s.casino_id = complete_sign_in.casino_id and s.staff_id = complete_sign_in.staff_id
  for no key update;
  v_actor.casino_id := v_casino.casino_id;
  v_actor.correlation_id :=
    coalesce(complete_sign_in.correlation_id, identity._correlation_id());

  if v_secret.locked_until > now() then
    perform ops._log_refused_sign_in(v_actor, 'IDLCK', v_secret.staff_id);
    return query select null::uuid, v_secret.locked_until, null::timestamptz, false;
    return;
  end if;

  if succeeded is not true then
    update identity.staff_secret as s
    set failed_attempts = (s.failed_attempts + 1) % v_casino.sign_in_attempts,
      locked_until = case
        when s.failed_attempts + 1 >= v_casino.sign_in_attempts
          then now() + v_casino.sign_in_lock
      end
    where s.casino_id = v_secret.casino_id and s.staff_id = v_secret.staff_id
    returning s.locked_until into v_secret.locked_until;
    perform ops._log_refused_sign_in(
      v_actor, case when v_secret.locked_until is null then 'IDUNA' else 'IDLCK' end,
      v_secret.staff_id
    );
    return query select null::uuid, v_secret.locked_until, null::timestamptz, false;
    return;
  end if;

  if v_secret.must_change and complete_sign_in.new_phc is null then
    return query select null::uuid, null::timestamptz, null::timestamptz, true;
    return;
  end if;

  insert into identity.session as s (casino_id, staff_id, token_hash, idle_timeout, expires_at)
  select p.casino_id, p.staff_id, complete_sign_in.token_hash,
    v_casino.session_idle_timeout, now() + v_casino.session_lifetime
  from identity.staff as p
  where p.casino_id = v_secret.casino_id and p.staff_id = v_secret.staff_id
    and p.active and identity.staff_signs_in(p)
  returning s.* into v_session;
  if not found then
    return query select null::uuid, null::timestamptz, null::timestamptz, false;
    return;
  end if;
  update identity.staff_secret as s
  set failed_attempts = 0, locked_until = null, signed_in_at = now(),
    phc = coalesce(complete_sign_in.new_phc, s.phc),
    must_change = false,
    changed_at = case
      when complete_sign_in.new_phc is null then s.changed_at else now()
    end
  where s.casino_id = v_secret.casino_id and s.staff_id = v_secret.staff_id;

  v_actor.staff_id := v_session.staff_id;
  v_actor.session_id := v_session.session_id;
  if complete_sign_in.new_phc is not null then
    perform ops._log(v_actor, 'password set', subject_staff_id => v_session.staff_id);
  end if;
  perform ops._log(v_actor, 'signed in');
  return query
  select v_session.session_id, null::timestamptz, v_session.expires_at, false;
end
$$;

alter function identity.complete_sign_in(integer, uuid, boolean, bytea, text, text)
owner to identity_service;
revoke all on function identity.complete_sign_in(integer, uuid, boolean, bytea, text, text)
from public;
grant execute on function identity.complete_sign_in(integer, uuid, boolean, bytea, text, text)
to pit_gateway;

comment on function identity.complete_sign_in(integer, uuid, boolean, bytea, text, text) is
  'For the gateway alone: records the outcome of a sign-in. Success opens a session for the '
  'given token hash; a failure is counted and locks the account after the casino''s number of '
  'attempts. new_phc: the hash of the password that replaces this one. session_id is null when no '
  'session was opened; must_change tells that the right password has to be replaced first.';
--! EndIncluded identity/complete_sign_in.sql
--! Included identity/_keep_administrator.sql
-- Last step of what takes something from a person: somebody must be left who may manage staff, or
-- nobody could ever put it right.

create or replace function identity._keep_administrator() returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  if not exists (
    select
    from identity.staff as s
    where s.casino_id = identity._casino()
      and s.active
      and identity.staff_signs_in(s)
      and 'staff:manage' = any (s.capabilities)
  ) then
    perform ops._refuse('IDADM');
  end if;
end
$$;

alter function identity._keep_administrator() owner to identity_service;
revoke all on function identity._keep_administrator() from public;

comment on function identity._keep_administrator() is
  'Refuses when no active person is left who may manage staff. Error: IDADM.';
--! EndIncluded identity/_keep_administrator.sql
--! Included identity/change_role.sql
-- Gives a person another role, and with it other capabilities, from the next call on; capabilities
-- that were added or withdrawn one by one stay so. Who becomes a dealer is signed out.

create or replace function identity.change_role(person_id uuid, role text, reason text)
returns identity.staff_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('staff:manage');
  v_person identity.staff := identity._lock_person(v_actor, change_role.person_id);
  v_reason text := identity._check_reason(change_role.reason);
  v_now identity.staff;
begin
  perform identity._check_role(change_role.role);
  if v_person.role = change_role.role then
    return identity._staff_result(v_person.staff_id, true);
  end if;
  update identity.staff as s
  set role = change_role.role, role_since = now(), role_given_by = v_actor.staff_id
  where s.casino_id = identity._casino() and s.staff_id = v_person.staff_id
  returning * into v_now;
  if not identity.staff_signs_in(v_now) then
    perform identity._revoke_sessions(v_person.staff_id);
  end if;
  perform identity._keep_administrator();
  perform ops._log(
    v_actor, 'role changed',
    details => jsonb_build_object(
      'from', v_person.role, 'to', change_role.role, 'reason', v_reason
    ),
    subject_staff_id => v_person.staff_id
  );
  return identity._staff_result(v_person.staff_id, false);
end
$$;

alter function identity.change_role(uuid, text, text) owner to identity_service;
revoke all on function identity.change_role(uuid, text, text) from public;
grant execute on function identity.change_role(uuid, text, text) to pit_staff;

comment on function identity.change_role(uuid, text, text) is
  'Gives a person another role; the same again changes nothing. Capability staff:manage. Errors: '
  'IDUNA, IDFRB, IDSTF, IDOWN, LYRSN, IDROL, IDADM.';
--! EndIncluded identity/change_role.sql
--! Included identity/reset_password.sql
-- Gives a person an initial password, by its hash; the gateway makes both, so that no password ever
-- reaches the database. It opens no session: at the next sign-in it serves to choose another.

create or replace function identity.reset_password(person_id uuid, phc text)
returns identity.staff_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('staff:manage');
  v_person identity.staff := identity._lock_person(v_actor, reset_password.person_id);
begin
  if not (v_person.active and identity.staff_signs_in(v_person)) then
    perform ops._refuse('IDNSI');
  end if;
  insert into identity.staff_secret as s (casino_id, staff_id, phc, must_change)
  values (v_actor.casino_id, v_person.staff_id, reset_password.phc, true)
  on conflict (casino_id, staff_id) do update
  set phc = excluded.phc, must_change = true, failed_attempts = 0, locked_until = null,
    changed_at = now();
  perform identity._revoke_sessions(v_person.staff_id);
  perform ops._log(
    v_actor, 'password set',
    details => '{"initial": true}', subject_staff_id => v_person.staff_id
  );
  return identity._staff_result(v_person.staff_id, false);
end
$$;

alter function identity.reset_password(uuid, text) owner to identity_service;
revoke all on function identity.reset_password(uuid, text) from public;
grant execute on function identity.reset_password(uuid, text) to pit_staff;

comment on function identity.reset_password(uuid, text) is
  'For the gateway''s route: stores the hash of an initial password, which has to be changed at '
  'the next sign-in, and ends the person''s sessions. Capability staff:manage. Errors: IDUNA, '
  'IDFRB, IDSTF, IDOWN, IDNSI.';
--! EndIncluded identity/reset_password.sql
--! Included identity/staff_accounts.sql
-- The people of a casino for whoever administers them, one of them, or those whose name or user
-- name begins with what is typed. Accounts of floor systems are no people.

create or replace function identity.staff_accounts(
  person_id uuid default null,
  search text default null
) returns setof identity.staff_account
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('staff:manage');
  v_search text := lower(btrim(coalesce(staff_accounts.search, '')));
begin
  return query
  select
    s.staff_id, s.username, s.display_name, s.role::text, s.licence_no, s.active, s.capabilities,
    array(
      select p.capability::text
      from identity.staff_permission as p
      where p.casino_id = s.casino_id and p.staff_id = s.staff_id and p.granted
      order by p.capability
    ),
    array(
      select p.capability::text
      from identity.staff_permission as p
      where p.casino_id = s.casino_id and p.staff_id = s.staff_id and not p.granted
      order by p.capability
    ),
    k.phc is not null, coalesce(k.must_change, false),
    case when k.locked_until > now() then k.locked_until end,
    k.signed_in_at,
    (
      select count(*)::integer
      from identity.session as o
      where o.casino_id = s.casino_id
        and o.staff_id = s.staff_id
        and o.kind = 'staff'
        and identity._session_lives(o)
    ),
    s.role_since, s.created_at, identity.staff_signs_in(s),
    s.staff_id <> v_actor.staff_id
  from identity.staff as s
  left join identity.staff_secret as k
    on k.casino_id = s.casino_id and k.staff_id = s.staff_id
  where s.casino_id = identity._casino()
    and s.role <> 'sender'
    and (staff_accounts.person_id is null or s.staff_id = staff_accounts.person_id)
    and (
      starts_with(s.username, v_search)
      or starts_with(lower(s.display_name), v_search)
      or strpos(lower(s.display_name), ' ' || v_search) > 0
    )
  order by s.active desc, lower(s.display_name), s.username;
end
$$;

alter function identity.staff_accounts(uuid, text) owner to identity_service;
revoke all on function identity.staff_accounts(uuid, text) from public;
grant execute on function identity.staff_accounts(uuid, text) to pit_staff;

comment on function identity.staff_accounts(uuid, text) is
  'People with role, capabilities, exceptions, lock, last sign-in and open sessions; active ones '
  'first, by name. Capability staff:manage. Errors: IDUNA, IDFRB.';
--! EndIncluded identity/staff_accounts.sql
--! Included loyalty/promotion_publishable.sql
-- Whether the signed-in person is the second one who may put a drafted campaign in force; a field
-- of it, so that nobody is offered what publish_promotion refuses.

create function loyalty.promotion_publishable(promotion loyalty.promotion) returns boolean
language sql
stable
return promotion.published_at is null
  and promotion.ended_at is null
  and identity.session_may('loyalty:configure')
  and promotion.created_by <> (select m.staff_id from identity.me() as m);

alter function loyalty.promotion_publishable(loyalty.promotion) owner to loyalty_service;
revoke all on function loyalty.promotion_publishable(loyalty.promotion) from public;
grant execute on function loyalty.promotion_publishable(loyalty.promotion) to pit_staff;

comment on function loyalty.promotion_publishable(loyalty.promotion) is
  'A draft that the signed-in person may publish: with loyalty:configure, and not its author.';
--! EndIncluded loyalty/promotion_publishable.sql
--! Included loyalty/promotion_endable.sql
-- Whether the signed-in person may stop a campaign, or discard its draft; a field of it. One that
-- is over or has used its budget up gives nothing any more, so there is nothing to stop.

create function loyalty.promotion_endable(promotion loyalty.promotion) returns boolean
language sql
stable
return loyalty.promotion_state(promotion) in ('draft', 'scheduled', 'running')
  and identity.session_may('loyalty:configure');

alter function loyalty.promotion_endable(loyalty.promotion) owner to loyalty_service;
revoke all on function loyalty.promotion_endable(loyalty.promotion) from public;
grant execute on function loyalty.promotion_endable(loyalty.promotion) to pit_staff;

comment on function loyalty.promotion_endable(loyalty.promotion) is
  'Gives points or may come to, and the signed-in person may end it: with loyalty:configure.';
--! EndIncluded loyalty/promotion_endable.sql
--! Included loyalty/loyalty_draft_publishable.sql
-- Whether the signed-in person is the second one who may put drafted rules in force; a field of the
-- draft, so that nobody is offered what publish_draft refuses.

create function loyalty.loyalty_draft_publishable(draft loyalty.loyalty_draft) returns boolean
language sql
stable
return draft.status = 'open'
  and (draft.effective_from is null or draft.effective_from > now())
  and identity.session_may('loyalty:configure')
  and draft.drafted_by <> (select m.staff_id from identity.me() as m);

alter function loyalty.loyalty_draft_publishable(loyalty.loyalty_draft) owner to loyalty_service;
revoke all on function loyalty.loyalty_draft_publishable(loyalty.loyalty_draft) from public;
grant execute on function loyalty.loyalty_draft_publishable(loyalty.loyalty_draft) to pit_staff;

comment on function loyalty.loyalty_draft_publishable(loyalty.loyalty_draft) is
  'Open, with its moment still to come, and the signed-in person may publish it: with '
  'loyalty:configure, and not its author.';
--! EndIncluded loyalty/loyalty_draft_publishable.sql
--! Included loyalty/loyalty_draft_withdrawable.sql
-- Whether the signed-in person may take drafted rules back or decline them, which their author may
-- too; a field of the draft.

create function loyalty.loyalty_draft_withdrawable(draft loyalty.loyalty_draft) returns boolean
language sql
stable
return draft.status = 'open' and identity.session_may('loyalty:configure');

alter function loyalty.loyalty_draft_withdrawable(loyalty.loyalty_draft) owner to loyalty_service;
revoke all on function loyalty.loyalty_draft_withdrawable(loyalty.loyalty_draft) from public;
grant execute on function loyalty.loyalty_draft_withdrawable(loyalty.loyalty_draft) to pit_staff;

comment on function loyalty.loyalty_draft_withdrawable(loyalty.loyalty_draft) is
  'Open, and the signed-in person may withdraw it: with loyalty:configure, its author too.';
--! EndIncluded loyalty/loyalty_draft_withdrawable.sql
--! Included loyalty/policy_in_force.sql
-- The policy by which play is awarded now, for screens: which of the versions holds is decided here
-- and by this clock. Runs with its reader's rights.

create function loyalty.policy_in_force() returns setof loyalty.loyalty_policy
language sql
stable
rows 1
begin atomic
  select p.*
  from loyalty.loyalty_policy as p
  where p.casino_id = (select identity.current_casino_id()) and p.effective_from <= now()
  order by p.effective_from desc
  limit 1;
end;

alter function loyalty.policy_in_force() owner to loyalty_service;
revoke all on function loyalty.policy_in_force() from public;
grant execute on function loyalty.policy_in_force() to pit_staff;

comment on function loyalty.policy_in_force() is
  'The newest policy version that has begun; none before the first.';
--! EndIncluded loyalty/policy_in_force.sql
--! Included loyalty/tiers_in_force.sql
-- The tiers that players hold now, for screens: which of the versions holds is decided here and by
-- this clock. Runs with its reader's rights.

create function loyalty.tiers_in_force() returns setof loyalty.loyalty_tier
language sql
stable
rows 5
begin atomic
  select t.*
  from loyalty.loyalty_tier as t
  where t.casino_id = (select identity.current_casino_id())
    and t.effective_from = (
      select max(v.effective_from)
      from loyalty.loyalty_tier as v
      where v.casino_id = (select identity.current_casino_id()) and v.effective_from <= now()
    )
  order by t.threshold_points;
end;

alter function loyalty.tiers_in_force() owner to loyalty_service;
revoke all on function loyalty.tiers_in_force() from public;
grant execute on function loyalty.tiers_in_force() to pit_staff;

comment on function loyalty.tiers_in_force() is
  'The tiers of the newest version that has begun, from the lowest up.';
--! EndIncluded loyalty/tiers_in_force.sql
--! Included loyalty/theoretical_win.sql
-- Where the house earns: theoretical win by game, table, hour or gaming day. Play is counted in the
-- hour in which it happened, whenever its slip closed, and decisions are not rounded: a policy that
-- rounds them per slip gives sums that differ by less than one decision for each slip.

create or replace function loyalty.theoretical_win(
  first_day date default null,
  last_day date default null,
  by text default 'game'
) returns setof loyalty.win_line
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('loyalty:view_all');
  v_last date := coalesce(
    theoretical_win.last_day,
    identity._gaming_day(v_actor.timezone, v_actor.gaming_day_start, now())
  );
  v_first date := coalesce(theoretical_win.first_day, v_last - 6);
  v_first_hour text := to_char(v_actor.gaming_day_start, 'HH24');
begin
  if not (isfinite(v_first) and isfinite(v_last)) or v_last - v_first not between 0 and 399 then
    perform ops._refuse('LYPRD', array['it has 1 to 400 days']);
  end if;
  if not coalesce(theoretical_win.by = any ('{game,table,hour,day}'), false) then
    perform ops._refuse('LYPRD', array['it can be looked at by game, table, hour or day']);
  end if;
  return query
  with line as (
    select
      case theoretical_win.by
        when 'game' then p.game_code
        when 'table' then p.table_label
        when 'hour' then to_char(p.begins_at at time zone v_actor.timezone, 'HH24')
        else identity._gaming_day(
          v_actor.timezone, v_actor.gaming_day_start, p.begins_at
        )::text
      end as code,
      case theoretical_win.by
        when 'game' then max(p.game_name)
        when 'table' then max(p.pit)
      end as label,
      count(distinct p.rating_slip_id)::integer as slips,
      floor(sum(p.seconds))::bigint as seconds,
      round(sum(p.bet * p.seconds) / sum(p.seconds), 2) as bet,
      round(
        sum(p.bet * p.house_edge * 0.01 * p.seconds * p.decisions_per_hour) / 3600, 2
      ) as win
    from floor._hourly_play(
      (v_first + v_actor.gaming_day_start) at time zone v_actor.timezone,
      (v_last + 1 + v_actor.gaming_day_start) at time zone v_actor.timezone
    ) as p
    group by 1
  )
  select
    (
      row_number() over (
        order by
          case when theoretical_win.by = any ('{game,table}') then l.win end desc,
          case when theoretical_win.by = 'hour' then l.code < v_first_hour end,
          l.code
      )
    )::integer,
    l.code, coalesce(l.label, l.code), l.slips, l.seconds, l.bet, l.win
  from line as l
  order by 1;
end
$$;

alter function loyalty.theoretical_win(date, date, text) owner to loyalty_service;
revoke all on function loyalty.theoretical_win(date, date, text) from public;
grant execute on function loyalty.theoretical_win(date, date, text) to pit_staff;

comment on function loyalty.theoretical_win(date, date, text) is
  'Theoretical win of the play in these gaming days (default: the last 7), by game or table (most '
  'first), by hour of the local clock (as a gaming day has them), or by gaming day. Capability '
  'loyalty:view_all. Errors: IDUNA, IDFRB, LYPRD.';
--! EndIncluded loyalty/theoretical_win.sql
--! Included loyalty/tier_movements.sql
-- How players moved between tiers, from the ledger, whose entries say the tier before and after. A
-- move of everybody by new tiers is no entry and is not in it.

create or replace function loyalty.tier_movements(
  first_day date default null,
  last_day date default null
) returns setof loyalty.tier_movement
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('loyalty:view_all');
  v_last date := coalesce(
    tier_movements.last_day,
    identity._gaming_day(v_actor.timezone, v_actor.gaming_day_start, now())
  );
  v_first date := coalesce(tier_movements.first_day, v_last - 29);
begin
  if not (isfinite(v_first) and isfinite(v_last)) or v_last - v_first not between 0 and 399 then
    perform ops._refuse('LYPRD', array['it has 1 to 400 days']);
  end if;
  return query
  select
    m.gaming_day, m.tier_before, m.tier_after, b.threshold_points > a.threshold_points,
    m.players,
    (
      sum(m.players) over (
        partition by m.gaming_day, b.threshold_points > a.threshold_points
      )
    )::integer
  from (
    select
      l.gaming_day, l.tier_before, l.tier_after, max(l.created_at) as at,
      count(distinct l.player_id)::integer as players
    from loyalty.loyalty_ledger as l
    where l.casino_id = v_actor.casino_id
      and l.gaming_day between v_first and v_last
      and l.tier_before <> l.tier_after
    group by l.gaming_day, l.tier_before, l.tier_after
  ) as m
  left join lateral (
    select t.threshold_points
    from loyalty.loyalty_tier as t
    where t.casino_id = v_actor.casino_id and t.tier = m.tier_before and t.effective_from <= m.at
    order by t.effective_from desc
    limit 1
  ) as a on true
  left join lateral (
    select t.threshold_points
    from loyalty.loyalty_tier as t
    where t.casino_id = v_actor.casino_id and t.tier = m.tier_after and t.effective_from <= m.at
    order by t.effective_from desc
    limit 1
  ) as b on true
  order by m.gaming_day, m.tier_before, m.tier_after;
end
$$;

alter function loyalty.tier_movements(date, date) owner to loyalty_service;
revoke all on function loyalty.tier_movements(date, date) from public;
grant execute on function loyalty.tier_movements(date, date) to pit_staff;

comment on function loyalty.tier_movements(date, date) is
  'Players who changed tier on each of these gaming days (default: the last 30), by tier before '
  'and after. Capability loyalty:view_all. Errors: IDUNA, IDFRB, LYPRD.';
--! EndIncluded loyalty/tier_movements.sql
--! Included loyalty/preview_rules.sql
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
--! EndIncluded loyalty/preview_rules.sql
--! Included compliance/mtl_log.sql
-- The cash log as it is read: each entry with the names of whom and what it is about and, for who
-- may review, its badge and the person's sums before and after it. Sums are computed for the rows
-- that are read, in the order in which things happened; a correction stands where the entry stands
-- that it corrects.

set local role pit_owner;

create or replace view compliance.mtl_log
with (security_invoker = true) as
select
  x.*,
  x.cash_in_before + x.cash_in as cash_in_after,
  x.cash_out_before + x.cash_out as cash_out_after,
  x.is_live and (select identity.session_may('mtl:create'))
  and (
    (x.staff_id, x.gaming_day) = (select m.staff_id, m.gaming_day from identity.me() as m)
    or (select identity.session_may('mtl:review'))
  ) as correctable
from (
  select
    e.casino_id, e.entry_id, e.gaming_day, e.occurred_at, e.created_at, e.direction, e.kind,
    k.label as kind_label, e.area, e.tender, e.amount, e.cash_in, e.cash_out, e.foreign_currency,
    e.entry_role, e.corrects_entry_id, e.correction_no,
    e.entry_role <> 'offset' and not exists (
      select
      from compliance.mtl_entry as o
      where o.casino_id = e.casino_id
        and o.corrects_entry_id = coalesce(e.corrects_entry_id, e.entry_id)
        and o.correction_no = e.correction_no + 1
    ) as is_live,
    e.patron_id, n.patron_id as person_id, n.player_id, y.card_no,
    coalesce(y.first_name || ' ' || y.last_name, n.known_name) as person_name,
    concat_ws(
      ', ', w.description, w.sex, w.apparent_age, w.height, w.build, w.hair, w.clothing, w.seat
    ) as description,
    e.agent_patron_id,
    (
      select coalesce(b.first_name || ' ' || b.last_name, a.known_name, a.description)
      from compliance.patron as a
      left join floor.player as b on b.casino_id = a.casino_id and b.player_id = a.player_id
      where a.casino_id = e.casino_id and a.patron_id = e.agent_patron_id
    ) as agent_name,
    e.table_id, t.label as table_label, e.window_no, e.visit_id, e.rating_slip_id,
    e.staff_id, s.display_name as staff_name, e.licence_no, e.reason, e.note,
    e.idempotency_key, e.correlation_id,
    case when (select identity.session_may('mtl:review')) then (
      select
        case when greatest(abs(e.cash_in), abs(e.cash_out)) >= h.log_floor then 'over_floor'
          else 'none'
        end
      from compliance.threshold_policy as h
      where h.casino_id = e.casino_id
        and h.effective_from <= ((e.gaming_day + c.gaming_day_start) at time zone c.timezone)
      order by h.effective_from desc
      limit 1
    ) end as badge,
    case when (select identity.session_may('mtl:review')) then (
      select coalesce(sum(d.cash_in), 0)
      from compliance.mtl_entry as d
      where d.casino_id = e.casino_id
        and d.gaming_day = e.gaming_day
        and d.patron_id = any (a.patrons)
        and (d.occurred_at, d.entry_id) < (e.occurred_at, e.entry_id)
    ) end as cash_in_before,
    case when (select identity.session_may('mtl:review')) then (
      select coalesce(sum(d.cash_out), 0)
      from compliance.mtl_entry as d
      where d.casino_id = e.casino_id
        and d.gaming_day = e.gaming_day
        and d.patron_id = any (a.patrons)
        and (d.occurred_at, d.entry_id) < (e.occurred_at, e.entry_id)
    ) end as cash_out_before
  from compliance.mtl_entry as e
  join compliance.mtl_kind as k on k.kind = e.kind
  join compliance.patron as w on w.casino_id = e.casino_id and w.patron_id = e.patron_id
  left join compliance.patron_link as l
    on l.casino_id = e.casino_id
    and l.unknown_patron_id = e.patron_id
    and l.undone_at is null
  join compliance.patron as n
    on n.casino_id = e.casino_id and n.patron_id = coalesce(l.player_patron_id, e.patron_id)
  left join floor.player as y on y.casino_id = n.casino_id and y.player_id = n.player_id
  left join floor.gaming_table as t on t.casino_id = e.casino_id and t.table_id = e.table_id
  join identity.staff as s on s.casino_id = e.casino_id and s.staff_id = e.staff_id
  join identity.casino as c on c.casino_id = e.casino_id
  cross join lateral (
    select n.patron_id || array(
      select u.unknown_patron_id
      from compliance.patron_link as u
      where u.casino_id = n.casino_id
        and u.player_patron_id = n.patron_id
        and u.undone_at is null
    ) as patrons
  ) as a
) as x;

grant select on compliance.mtl_log to pit_staff;

reset role;

comment on view compliance.mtl_log is
  E'@primaryKey casino_id,entry_id\n'
  'The cash log with names. badge and the four running sums are null without mtl:review.';
comment on column compliance.mtl_log.is_live is
  'Counts as it stands: neither an offset nor taken back by one.';
comment on column compliance.mtl_log.person_id is
  'The patron under whom the person is summed: the player as whom they were identified.';
comment on column compliance.mtl_log.description is
  'The unknown person''s description, also once they are identified.';
comment on column compliance.mtl_log.badge is 'none, or over_floor from the log floor on.';
comment on column compliance.mtl_log.cash_in_before is
  'The person''s cash in of the gaming day up to the entry before this one.';
comment on column compliance.mtl_log.cash_in_after is 'The same with this entry.';
comment on column compliance.mtl_log.cash_out_before is
  'The person''s cash out of the gaming day up to the entry before this one.';
comment on column compliance.mtl_log.cash_out_after is 'The same with this entry.';
comment on column compliance.mtl_log.correctable is
  'It counts, and the signed-in person may correct it, as correct_mtl_entry decides: one''s own of '
  'the running gaming day, or anybody''s with mtl:review.';
--! EndIncluded compliance/mtl_log.sql
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
  k.state = 'filed' and (select identity.session_may('ctr:file')) as acknowledgeable
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
comment on column compliance.ctr_case_summary.filed_cash_in is
  'Cash in of the version filed last; null before that.';
--! EndIncluded compliance/ctr_case_summary.sql
--! Included compliance/sign_off_standing.sql
-- Where a gaming day stands with its signature, in a word, also a day on which nothing happened and
-- which has no summary. Runs with its reader's rights; sign_off_gaming_day asks it all again.

create function compliance.sign_off_standing(gaming_day date) returns text
language sql
stable
return case
  when not identity.session_may('mtl:review') then null
  when exists (
    select
    from compliance.gaming_day_sign_off as s
    where s.casino_id = identity.current_casino_id()
      and s.gaming_day = sign_off_standing.gaming_day
  ) then 'signed_off'
  when sign_off_standing.gaming_day >= (select m.gaming_day from identity.me() as m)
    then 'running'
  when exists (
    select
    from compliance.ctr_case as c
    where c.casino_id = identity.current_casino_id()
      and c.gaming_day = sign_off_standing.gaming_day
      and c.state in ('open', 'ready')
  ) then 'blocked'
  when not identity.session_may('ctr:file') then 'free'
  else 'signable'
end;

alter function compliance.sign_off_standing(date) owner to compliance_service;
revoke all on function compliance.sign_off_standing(date) from public;
grant execute on function compliance.sign_off_standing(date) to pit_staff;

comment on function compliance.sign_off_standing(date) is
  'signed_off, running (not over yet), blocked by cases that are open or ready, signable by the '
  'signed-in person, or free for somebody with ctr:file; null without mtl:review. Error: IDUNA.';
--! EndIncluded compliance/sign_off_standing.sql
--! Included loyalty/loyalty_ledger_reversed_by.sql
-- Which later entry took an entry back, as a field of it: a list that is narrowed down has the
-- entry without its reversal.

create function loyalty.loyalty_ledger_reversed_by(entry loyalty.loyalty_ledger) returns bigint
language sql
stable
return (
  select l.entry_no
  from loyalty.loyalty_ledger as l
  where l.casino_id = entry.casino_id
    and l.player_id = entry.player_id
    and l.reverses_entry_no = entry.entry_no
);

alter function loyalty.loyalty_ledger_reversed_by(loyalty.loyalty_ledger) owner to loyalty_service;
revoke all on function loyalty.loyalty_ledger_reversed_by(loyalty.loyalty_ledger) from public;
grant execute on function loyalty.loyalty_ledger_reversed_by(loyalty.loyalty_ledger) to pit_staff;

comment on function loyalty.loyalty_ledger_reversed_by(loyalty.loyalty_ledger) is
  'Number of the reversal of this entry; null as long as there is none.';
--! EndIncluded loyalty/loyalty_ledger_reversed_by.sql
--! Included loyalty/loyalty_ledger_reversible.sql
-- Whether an entry can still be reversed by whoever may reverse, as a field of it: a reversal
-- can't, nor what was reversed already.

create function loyalty.loyalty_ledger_reversible(entry loyalty.loyalty_ledger) returns boolean
language sql
stable
return entry.transaction_type <> 'REVERSAL' and loyalty.loyalty_ledger_reversed_by(entry) is null;

alter function loyalty.loyalty_ledger_reversible(loyalty.loyalty_ledger) owner to loyalty_service;
revoke all on function loyalty.loyalty_ledger_reversible(loyalty.loyalty_ledger) from public;
grant execute on function loyalty.loyalty_ledger_reversible(loyalty.loyalty_ledger) to pit_staff;

comment on function loyalty.loyalty_ledger_reversible(loyalty.loyalty_ledger) is
  'Neither a reversal nor reversed; whether the balance suffices is told by reverse_entry.';
--! EndIncluded loyalty/loyalty_ledger_reversible.sql
--! Included ops/import_batch_undoable.sql
-- Whether the signed-in person may roll an import back now, a second time too when players were
-- left; a field of it, so that nobody is offered what roll_back_import refuses.

create function ops.import_batch_undoable(batch ops.import_batch) returns boolean
language sql
stable
return batch.state in ('finished', 'partly_undone')
  and identity.session_may('import:run');

alter function ops.import_batch_undoable(ops.import_batch) owner to ops_service;
revoke all on function ops.import_batch_undoable(ops.import_batch) from public;
grant execute on function ops.import_batch_undoable(ops.import_batch) to pit_staff;

comment on function ops.import_batch_undoable(ops.import_batch) is
  'Finished or rolled back in part, and the signed-in person may roll it back: import:run.';
--! EndIncluded ops/import_batch_undoable.sql
--! Included ops/import_batch_retryable.sql
-- Whether the signed-in person may try an import's quarantined rows again now; a field of it, so
-- that nobody is offered what retry_import and retry_import_row refuse.

create function ops.import_batch_retryable(batch ops.import_batch) returns boolean
language sql
stable
return batch.state = 'finished' and identity.session_may('import:run');

alter function ops.import_batch_retryable(ops.import_batch) owner to ops_service;
revoke all on function ops.import_batch_retryable(ops.import_batch) from public;
grant execute on function ops.import_batch_retryable(ops.import_batch) to pit_staff;

comment on function ops.import_batch_retryable(ops.import_batch) is
  'Finished, and the signed-in person may try its quarantined rows again: import:run.';
--! EndIncluded ops/import_batch_retryable.sql
--! Included ops/job_retryable.sql
-- Whether the signed-in person may have a job tried again now; a field of it, so that nobody is
-- offered what retry_job refuses.

create function ops.job_retryable(job ops.job) returns boolean
language sql
stable
return job.state in ('failed', 'given_up') and identity.session_may('import:run');

alter function ops.job_retryable(ops.job) owner to ops_service;
revoke all on function ops.job_retryable(ops.job) from public;
grant execute on function ops.job_retryable(ops.job) to pit_staff;

comment on function ops.job_retryable(ops.job) is
  'Failed or given up, and the signed-in person may have it tried again: import:run.';
--! EndIncluded ops/job_retryable.sql
