-- What the house owes in points, in one row, for the head of a report; and whether the ledger says
-- the same as the balances.

create or replace function loyalty.liability_summary() returns loyalty.liability_totals
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('loyalty:view_all');
  v_terms loyalty.terms_in_force := loyalty._terms(now());
  v_cut_off date := (select max(r.cut_off) from loyalty._expiry_runs(v_actor, 30) as r);
  v_totals loyalty.liability_totals;
begin
  select
    identity._gaming_day(v_actor.timezone, v_actor.gaming_day_start, now()),
    b.players, b.points, p.cost_per_point, p.breakage_rate, p.points_valid_days,
    b.points * p.cost_per_point, b.points * p.cost_per_point * p.breakage_rate,
    b.points * p.cost_per_point * (1 - p.breakage_rate),
    b.expiring,
    b.points = (
      select coalesce(sum(l.points_change), 0)
      from loyalty.loyalty_ledger as l
      where l.casino_id = identity._casino()
    )
  into v_totals
  from loyalty.loyalty_policy as p
  cross join (
    select
      (count(*) filter (where s.current_balance > 0))::integer as players,
      coalesce(sum(s.current_balance), 0)::bigint as points,
      coalesce(
        sum(greatest(s.current_balance - coalesce(c.points, 0), 0))
        filter (where v_cut_off is not null),
        0
      )::bigint as expiring
    from loyalty.player_loyalty as s
    left join (
      select c.player_id, sum(c.points) as points
      from loyalty._credits(v_cut_off) as c
      group by c.player_id
    ) as c on c.player_id = s.player_id
    where s.casino_id = identity._casino()
  ) as b
  where p.casino_id = identity._casino() and p.loyalty_policy_id = v_terms.loyalty_policy_id;
  return v_totals;
end
$$;

alter function loyalty.liability_summary() owner to loyalty_service;
revoke all on function loyalty.liability_summary() from public;
grant execute on function loyalty.liability_summary() to pit_staff;

comment on function loyalty.liability_summary() is
  'All outstanding points, their cost, and what of them expires within 30 days. Capability '
  'loyalty:view_all. Errors: IDUNA, IDFRB, LYPOL.';
