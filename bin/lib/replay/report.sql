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
  -- There is no cash log yet.
  'patron_days', '[]'::json,
  'ctr_cases', 0,
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
