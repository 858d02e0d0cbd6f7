-- Chips that were bought and carried away: purchases of 5 000 to 10 000 in a gaming day, under 20
-- minutes of rated play, and no chips redeemed. Nobody has rated an unknown person.

create or replace function compliance._find_chip_walk(actor identity.actor, on_day date)
returns setof compliance.alert_finding
language sql
stable
begin atomic
  select
    'chip_walk', c.patron_id, 'in', on_day, c.bought,
    jsonb_build_object('bought', c.bought, 'ratedSeconds', play.seconds)
  from (
    select
      e.patron_id,
      coalesce(sum(e.cash_in) filter (where e.kind = 'chip_purchase'), 0) as bought,
      coalesce(sum(e.amount) filter (where e.kind = 'chip_redemption'), 0) as redeemed
    from compliance._person_cash(on_day, on_day) as e
    group by e.patron_id
  ) as c
  join compliance.patron as p
    on p.casino_id = identity._casino() and p.patron_id = c.patron_id
  cross join lateral (
    select
      case
        when p.player_id is null then 0
        else floor._rated_seconds(
          p.player_id,
          (on_day + actor.gaming_day_start) at time zone actor.timezone,
          (on_day + 1 + actor.gaming_day_start) at time zone actor.timezone
        )
      end as seconds
  ) as play
  where c.bought between 5000 and 10000
    and c.redeemed = 0
    and play.seconds < 20 * 60;
end;

alter function compliance._find_chip_walk(identity.actor, date) owner to compliance_service;
revoke all on function compliance._find_chip_walk(identity.actor, date) from public;

comment on function compliance._find_chip_walk(identity.actor, date) is
  'Alert rule chip_walk on a gaming day.';
