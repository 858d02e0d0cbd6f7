-- What the property tests need at hand: a casino with its people, players and rules in one call, and
-- the sentences that must hold of its ledger afterwards. In a schema that no migration knows.

create schema trial;

-- A session of a new person; the claim that the gateway would pass on.
create function trial.person(code text, username text, role text) returns text
language plpgsql
volatile
as $$
declare
  v_staff_id uuid := identity.add_staff(code, username, initcap(username), role);
  v_hash bytea := sha256(convert_to(username || ' ' || code, 'UTF8'));
  v_casino_id integer := (select c.casino_id from identity.casino as c where c.code = person.code);
begin
  insert into identity.session (casino_id, staff_id, token_hash, idle_timeout, expires_at)
  values (v_casino_id, v_staff_id, v_hash, '30 minutes', now() + interval '12 hours');
  return v_casino_id || '.' || encode(v_hash, 'hex');
end
$$;

-- Three players at a casino whose limits are near, whose points expire and with a small campaign.
create function trial.casino(code text) returns jsonb
language plpgsql
volatile
as $$
declare
  v_casino_id integer := (
    ops.load_casino(jsonb_build_object(
      'code', code, 'name', code, 'timezone', 'America/Los_Angeles', 'gaming_day_start', '06:00',
      'games', '[{"code": "G", "name": "Game", "house_edge": 2.7, "decisions_per_hour": 60,
        "seats": 5}]'::jsonb,
      'tables', '[{"label": "T", "pit": "A", "game": "G", "seats": 5}]'::jsonb,
      'tiers', '[
        {"tier": "BRONZE", "threshold_points": 0, "multiplier": 1},
        {"tier": "SILVER", "threshold_points": 3000, "multiplier": 1.25},
        {"tier": "GOLD", "threshold_points": 9000, "multiplier": 1.5}
      ]'::jsonb,
      'thresholds', '{"log_floor": 3000, "ctr_threshold": 10000}'::jsonb
    ))
  ).casino_id;
  v_feed bytea := sha256(convert_to('feed ' || code, 'UTF8'));
  v_claims jsonb;
begin
  perform set_config('pit.casino', v_casino_id::text, true);
  perform loyalty._add_policy(
    loyalty._policy_settings(p) || '{
      "reward_limit": 1200, "approval_threshold": 700, "rewards_per_minute": 6,
      "staff_day_limit": 3000, "player_day_limit": 2500, "points_valid_days": 365
    }',
    '-infinity'
  )
  from loyalty.loyalty_policy as p
  where p.casino_id = v_casino_id and p.name = 'pt1';
  perform set_config('pit.casino', '', true);
  perform identity.issue_sender_session(code, v_feed);
  v_claims := jsonb_build_object(
    'bosses', jsonb_build_array(
      trial.person(code, 'ann', 'pit_boss'), trial.person(code, 'bob', 'pit_boss')
    ),
    'marketing', jsonb_build_array(
      trial.person(code, 'mark', 'marketing'), trial.person(code, 'mia', 'marketing')
    ),
    'admin', trial.person(code, 'ada', 'admin'),
    'feed', v_casino_id || '.' || encode(v_feed, 'hex')
  );
  insert into loyalty.promotion (
    casino_id, name, starts_at, ends_at, multiplier, budget, created_by, published_by,
    published_at, correlation_id, idempotency_key, request_fingerprint
  )
  select
    v_casino_id, n.name, now() - interval '2 years', now() + interval '1 day', n.multiplier,
    n.budget, a.staff_id, b.staff_id, now(), 'trial', n.name, ''
  from (values ('half', 1.5, 600), ('double', 2, 1500)) as n (name, multiplier, budget)
  join identity.staff as a on a.casino_id = v_casino_id and a.username = 'mark'
  join identity.staff as b on b.casino_id = v_casino_id and b.username = 'mia';
  return v_claims || jsonb_build_object('casinoId', v_casino_id);
end
$$;

create function trial.ticket(casino integer, task text) returns text
language plpgsql
volatile
set pit.casino = ''
as $$
begin
  perform set_config('pit.casino', casino::text, true);
  return identity._issue_ticket(task);
end
$$;

-- Every property that doesn't hold at a casino, as a sentence. "of" is what it doesn't hold for.
create function trial.broken(casino integer) returns table (law text, of text)
language sql
stable
begin atomic
  with
  entry as (
    select
      l.*,
      lag(l.balance_after) over own as balance_so_far,
      row_number() over own as place,
      case
        when l.transaction_type = 'REVERSAL' then least(l.points_change, 0)
        else greatest(l.points_change, 0)
      end as lifetime_change
    from loyalty.loyalty_ledger as l
    where l.casino_id = casino
    window own as (partition by l.player_id order by l.entry_no)
  ),
  total as (
    select
      p.player_id, p.current_balance, p.lifetime_points, p.tier, p.tier_progress,
      p.last_entry_no, coalesce(sum(e.points_change), 0) as balance,
      coalesce(sum(e.lifetime_change), 0) as lifetime, count(e.entry_no) as entries,
      (
        select n.balance_after from entry as n
        where n.player_id = p.player_id
        order by n.entry_no desc
        limit 1
      ) as last_balance
    from loyalty.player_loyalty as p
    left join entry as e on e.player_id = p.player_id
    where p.casino_id = casino
    group by p.casino_id, p.player_id
  )
  select 'entries are numbered 1, 2, 3 without gaps', e.player_id || ' ' || e.entry_no
  from entry as e
  where e.place <> e.entry_no
  union all
  select 'each entry begins with the balance before', e.player_id || ' ' || e.entry_no
  from entry as e
  where e.balance_before <> coalesce(e.balance_so_far, 0)
    or e.balance_after <> e.balance_before + e.points_change
  union all
  select 'no balance is ever below 0', e.player_id || ' ' || e.entry_no
  from entry as e
  where e.balance_after < 0
  union all
  select 'the sum of the entries is the balance and the last balance_after', t.player_id::text
  from total as t
  where t.balance <> t.current_balance
    or coalesce(t.last_balance, 0) <> t.current_balance
    or t.entries <> t.last_entry_no
  union all
  select 'lifetime points are positive entries, less those that a reversal took back',
    t.player_id::text
  from total as t
  where t.lifetime <> t.lifetime_points
  union all
  select 'the tier is as the table says', t.player_id::text
  from total as t
  cross join lateral (
    select
      r.tier,
      coalesce(
        round(
          (t.lifetime - r.threshold_points) * 100.0
          / (r.next_threshold_points - r.threshold_points)
        ),
        100
      ) as progress
    from loyalty.loyalty_tier as r
    where r.casino_id = casino and r.threshold_points <= t.lifetime
    order by r.threshold_points desc
    limit 1
  ) as r
  where (r.tier, r.progress) is distinct from (t.tier, t.tier_progress)
  union all
  select 'a reversal takes back exactly one entry that is none itself',
    r.player_id || ' ' || r.entry_no
  from entry as r
  left join entry as e on e.player_id = r.player_id and e.entry_no = r.reverses_entry_no
  where r.transaction_type = 'REVERSAL'
    and (e.points_change = -r.points_change and e.transaction_type <> 'REVERSAL') is not true
  union all
  select 'nothing is reversed twice', e.player_id || ' ' || e.reverses_entry_no
  from entry as e
  where e.reverses_entry_no is not null
  group by e.player_id, e.reverses_entry_no
  having count(*) > 1
  union all
  select 'who gives is not who approves', e.player_id || ' ' || e.entry_no
  from entry as e
  where e.approved_by = e.staff_id
  union all
  select 'adjustments and large rewards have a second person', e.player_id || ' ' || e.entry_no
  from entry as e
  where e.approved_by is null
    and (
      e.transaction_type = 'ADJUSTMENT'
      or e.transaction_type = 'MANUAL_BONUS' and e.points_change >= 700
      and e.event_type = 'POINTS_UPDATE_REQUESTED'
      and e.staff_id in (
        select s.staff_id from identity.staff as s
        where s.casino_id = casino and s.role = 'pit_boss'
      )
    )
  union all
  select 'an approved request is one entry, and no other is any', r.reward_request_id::text
  from loyalty.reward_request as r
  left join entry as e on e.idempotency_key = r.idempotency_key
  where r.casino_id = casino
    and (r.status = 'approved') is distinct from (
      (
        e.entry_no = r.entry_no and e.player_id = r.player_id and e.points_change = r.points
        and e.staff_id = r.requested_by and e.approved_by = r.decided_by
      ) is true
    )
  union all
  select 'nobody decides their own request', r.reward_request_id::text
  from loyalty.reward_request as r
  where r.casino_id = casino and r.decided_by = r.requested_by
  union all
  select 'a day of a person and of a player has its limit', g.who || ' ' || sum(g.points)
  from (
    select 'person ' || e.staff_id as who, 3000 as day_limit, e.points_change as points
    from entry as e
    join identity.staff as s on s.casino_id = casino and s.staff_id = e.staff_id
    where e.transaction_type = 'MANUAL_BONUS' and e.approved_by is null and s.role = 'pit_boss'
    union all
    select 'person ' || r.requested_by, 3000, r.points
    from loyalty.reward_request as r
    where r.casino_id = casino and r.kind = 'reward' and r.status in ('pending', 'approved')
    union all
    select 'player ' || e.player_id, 2500, e.points_change
    from entry as e
    join identity.staff as s on s.casino_id = casino and s.staff_id = e.staff_id
    where e.transaction_type = 'MANUAL_BONUS' and e.approved_by is null and s.role = 'pit_boss'
    union all
    select 'player ' || r.player_id, 2500, r.points
    from loyalty.reward_request as r
    where r.casino_id = casino and r.kind = 'reward' and r.status in ('pending', 'approved')
  ) as g
  group by g.who, g.day_limit
  having sum(g.points) > g.day_limit
  union all
  select 'a minute of a person has its limit', g.staff_id::text
  from (
    select e.staff_id, e.created_at
    from entry as e
    join identity.staff as s on s.casino_id = casino and s.staff_id = e.staff_id
    where e.transaction_type = 'MANUAL_BONUS' and e.approved_by is null and s.role = 'pit_boss'
    union all
    select r.requested_by, r.created_at
    from loyalty.reward_request as r
    where r.casino_id = casino and r.kind = 'reward'
  ) as g
  group by g.staff_id
  having count(*) > 6 and max(g.created_at) - min(g.created_at) < interval '60 seconds'
  union all
  select 'a campaign gives what its entries say, within its budget', m.name
  from loyalty.promotion as m
  left join loyalty.promotion_award as a
    on a.casino_id = m.casino_id and a.promotion_id = m.promotion_id
  left join entry as e on e.player_id = a.player_id and e.entry_no = a.entry_no
  where m.casino_id = casino
  group by m.casino_id, m.promotion_id
  having coalesce(sum(e.points_change), 0) <> m.points_awarded
    or m.points_awarded > m.budget
    or count(e.entry_no) <> count(distinct a.rating_slip_id)
    or count(e.entry_no) <> m.slips_awarded
  union all
  select 'every PROMOTION entry is a campaign''s, of the slip''s own points',
    e.player_id || ' ' || e.entry_no
  from entry as e
  left join loyalty.promotion_award as a
    on a.casino_id = casino and a.player_id = e.player_id and a.entry_no = e.entry_no
  left join loyalty.promotion as m on m.casino_id = casino and m.promotion_id = a.promotion_id
  left join entry as g
    on g.rating_slip_id = e.rating_slip_id and g.transaction_type = 'GAMEPLAY'
  where e.transaction_type = 'PROMOTION'
    and e.points_change is distinct from round(g.points_change * m.multiplier) - g.points_change
  union all
  select 'a slip is awarded once', e.rating_slip_id::text
  from entry as e
  where e.transaction_type = 'GAMEPLAY'
  group by e.rating_slip_id
  having count(*) > 1
  union all
  select 'points expire once for each player', e.player_id::text
  from entry as e
  where e.transaction_type = 'EXPIRATION'
  group by e.player_id
  having count(*) > 1;
end;

-- What people may ask of the same: drift, chain, roll-forward and preview agree with the ledger.
create function trial.disagreeing(casino integer, admin text) returns table (law text, of text)
language plpgsql
volatile
as $$
begin
  perform set_config('pit.casino', casino::text, true);
  return query
  select 'the standings don''t drift'::text, d.what || ' ' || d.expected || ' ' || d.actual
  from loyalty._drift() as d;
  perform set_config('pit.session', admin, true);
  perform set_config('role', 'pit_staff', true);
  return query
  select 'every chain is intact'::text, to_jsonb(v) ->> 'problems'
  from loyalty.verify_chain() as v
  where not v.intact;
  return query
  select 'the roll-forward ties'::text, to_jsonb(r)::text
  from (
    select
      d.*, lag(d.closing) over (order by d.gaming_day) as before,
      last_value(d.closing) over (
        order by d.gaming_day rows between unbounded preceding and unbounded following
      ) as at_last
    from loyalty.liability_roll_forward(current_date - 390, current_date + 1) as d
  ) as r
  where r.opening + r.earned - r.redeemed - r.expired + r.adjusted <> r.closing
    or r.opening <> r.before
    or r.at_last <> (select sum(p.current_balance) from loyalty.player_loyalty as p);
  return query
  select 'the policy in force gives what was awarded'::text, p.sentence
  from loyalty.preview_rules(current_date - 360, current_date + 1) as p
  where p.previewed <> p.awarded
    or p.awarded <> (
      select coalesce(sum(l.points_change), 0)
      from loyalty.loyalty_ledger as l
      where l.transaction_type = 'GAMEPLAY' and l.gaming_day >= current_date - 360
    );
  perform set_config('role', 'none', true);
end
$$;
