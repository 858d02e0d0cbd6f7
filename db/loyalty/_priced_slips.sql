-- The closed slips of a period, each with what it was awarded and what it would be worth under
-- other rules. The tier is that before the award, of the lifetime points that the ledger had then;
-- a slip worth nothing has no entry and is placed after the entry before its closing was written
-- down. Slips whose award is still pending were awarded nothing and are left out.

create or replace function loyalty._priced_slips(
  since timestamptz,
  until timestamptz,
  policy loyalty.loyalty_policy,
  tiers jsonb
) returns table (
  rating_slip_id uuid,
  game text,
  game_name text,
  tier text,
  awarded bigint,
  previewed bigint
)
language sql
stable
begin atomic
  with
  lifetime as materialized (
    select
      l.player_id, l.entry_no, l.created_at,
      lead(l.created_at) over (partition by l.player_id order by l.entry_no) as followed_at,
      sum(
        case
          when l.transaction_type = 'REVERSAL' then least(l.points_change, 0)
          else greatest(l.points_change, 0)
        end
      ) over (partition by l.player_id order by l.entry_no)::bigint as points
    from loyalty.loyalty_ledger as l
    where l.casino_id = identity._casino()
      and l.player_id in (
        select (s.slip).player_id
        from floor._closed_slips(_priced_slips.since, _priced_slips.until) as s
      )
  ),
  slip as materialized (
    select
      s.slip, s.game_name, l.points_change,
      coalesce(
        l.entry_no - 1,
        -- A slip that earned nothing has no entry that says when it was priced, and times are those
        -- of a call's beginning. A call takes seconds at most: of the standings that may have held,
        -- the lowest is taken, under which nothing stays nothing.
        (
          select e.entry_no
          from lifetime as e
          where e.player_id = (s.slip).player_id
            and e.created_at <= s.recorded_at
            and coalesce(e.followed_at > s.recorded_at - interval '10 seconds', true)
          order by e.points, e.entry_no
          limit 1
        )
      ) as after_entry_no
    from floor._closed_slips(_priced_slips.since, _priced_slips.until) as s
    left join loyalty.loyalty_ledger as l
      on l.casino_id = identity._casino()
      and l.idempotency_key = loyalty._slip_key((s.slip).rating_slip_id)
    where not exists (
      select
      from loyalty.accrual_failure as f
      where f.casino_id = identity._casino()
        and f.rating_slip_id = (s.slip).rating_slip_id
        and f.resolved_at is null
    )
  )
  select
    (s.slip).rating_slip_id, (s.slip).game_code, s.game_name, held.tier,
    coalesce(s.points_change, 0),
    (
      loyalty.calculate_points(
        (s.slip).average_bet, (s.slip).accumulated_seconds, (s.slip).house_edge,
        (s.slip).decisions_per_hour, (s.slip).seats, (s.slip).conversion_rate,
        (s.slip).point_multiplier,
        case
          when _priced_slips.tiers is null then held.multiplier
          else (
            select (t.value ->> 'multiplier')::numeric
            from jsonb_array_elements(_priced_slips.tiers) as t
            where (t.value ->> 'threshold_points')::bigint <= coalesce(e.points, 0)
            order by (t.value ->> 'threshold_points')::bigint desc
            limit 1
          )
        end,
        _priced_slips.policy
      )
    ).points
  from slip as s
  left join lifetime as e
    on e.player_id = (s.slip).player_id and e.entry_no = s.after_entry_no
  left join lateral loyalty._tier_standing(
    identity._casino(), coalesce(e.points, 0), (s.slip).closed_at
  ) as held on true;
end;

alter function loyalty._priced_slips(
  timestamptz, timestamptz, loyalty.loyalty_policy, jsonb
) owner to loyalty_service;
revoke all on function loyalty._priced_slips(
  timestamptz, timestamptz, loyalty.loyalty_policy, jsonb
) from public;

comment on function loyalty._priced_slips(
  timestamptz, timestamptz, loyalty.loyalty_policy, jsonb
) is
  'Slips closed from a moment until before another, with the points awarded and those under a '
  'policy and tiers (null: those in force when each slip closed).';
