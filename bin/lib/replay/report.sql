-- The state that a feed has led to, read back as one consistent picture. $1 is the casino; the
-- session's time zone is the casino's, so that times come with its offset.
with slips as (
  select
    s.rating_slip_id, p.card_no, t.label, s.seat_no, s.opened_at, s.accumulated_seconds,
    s.average_bet, coalesce(l.points_change, 0) as points, i.event_key, e.event_id
  from floor.rating_slip as s
  join floor.player as p using (casino_id, player_id)
  join floor.gaming_table as t using (casino_id, table_id)
  join floor.rating_slip_event as e
    on e.casino_id = s.casino_id
    and e.rating_slip_id = s.rating_slip_id
    and e.event_no = s.last_event_no
  left join loyalty.loyalty_ledger as l
    on l.casino_id = s.casino_id
    and l.idempotency_key = loyalty._slip_key(s.rating_slip_id)
  left join ops.ingested_event as i
    on i.casino_id = s.casino_id
    and i.rating_slip_id = s.rating_slip_id
    and i.event_type in ('slip_closed', 'moved', 'visit_closed')
    and i.outcome = 'applied'
  where s.casino_id = $1 and s.state = 'closed'
),
-- Sums are kept per patron; a player's are those of everybody who was identified as them.
sums as (
  select
    coalesce(l.player_patron_id, d.patron_id) as patron_id, d.gaming_day,
    sum(d.cash_in) as cash_in, sum(d.cash_out) as cash_out
  from compliance.patron_gaming_day as d
  left join compliance.patron_link as l
    on l.casino_id = d.casino_id
    and l.unknown_patron_id = d.patron_id
    and l.undone_at is null
  where d.casino_id = $1
  group by 1, 2
  having sum(d.cash_in) <> 0 or sum(d.cash_out) <> 0
),
patron_days as (
  select
    coalesce(p.card_no, '?' || coalesce(i.event_key, s.patron_id::text)) as patron,
    s.gaming_day, s.cash_in, s.cash_out, t.ctr_threshold
  from sums as s
  join compliance.patron as k on k.casino_id = $1 and k.patron_id = s.patron_id
  left join floor.player as p on p.casino_id = $1 and p.player_id = k.player_id
  left join ops.ingested_event as i
    on i.casino_id = $1 and i.patron_id = s.patron_id and i.event_type = 'person'
  join identity.casino as c on c.casino_id = $1
  cross join lateral (
    select t.ctr_threshold
    from compliance.threshold_policy as t
    where t.casino_id = $1
      and t.effective_from <= (s.gaming_day + c.gaming_day_start) at time zone c.timezone
    order by t.effective_from desc
    limit 1
  ) as t
)
select json_build_object(
  'players', (
    select coalesce(
      json_object_agg(
        p.card_no,
        json_build_object(
          'balance', l.current_balance,
          'lifetime', l.lifetime_points,
          'tier', l.tier,
          'tier_progress', l.tier_progress,
          'entries', (
            select count(*)
            from loyalty.loyalty_ledger as e
            where e.casino_id = l.casino_id and e.player_id = l.player_id
          )
        )
        order by p.card_no collate "C"
      ),
      '{}'
    )
    from floor.player as p
    join loyalty.player_loyalty as l using (casino_id, player_id)
    where p.casino_id = $1
  ),
  'slips', (
    select coalesce(
      json_agg(
        json_build_object(
          'card', s.card_no,
          'table', s.label,
          'seat', s.seat_no,
          'opened_at', s.opened_at,
          'seconds', s.accumulated_seconds,
          'average_bet', s.average_bet::text,
          'points', s.points,
          'key', s.event_key
        )
        order by s.event_id
      ),
      '[]'
    )
    from slips as s
  ),
  'open_slips', (
    select count(*)
    from floor.rating_slip as s
    where s.casino_id = $1 and s.state <> 'closed'
  ),
  'patron_days', (
    select coalesce(
      json_agg(
        json_build_object(
          'patron', d.patron,
          'gaming_day', d.gaming_day,
          'cash_in', d.cash_in::text,
          'cash_out', d.cash_out::text,
          'reportable_in', d.cash_in > d.ctr_threshold,
          'reportable_out', d.cash_out > d.ctr_threshold
        )
        order by d.patron collate "C", d.gaming_day
      ),
      '[]'
    )
    from patron_days as d
  ),
  'ctr_cases', (
    select count(*)
    from compliance.ctr_case as c
    where c.casino_id = $1 and c.state not in ('closed', 'merged')
  ),
  'ledger_points', (
    select coalesce(sum(l.points_change), 0)::bigint
    from loyalty.loyalty_ledger as l
    where l.casino_id = $1
  ),
  'ledger_entries', (
    select count(*)
    from loyalty.loyalty_ledger as l
    where l.casino_id = $1
  )
) as state
