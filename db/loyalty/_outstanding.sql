-- Which points are outstanding: of each player and gaming day of earning, what is left of it when
-- the oldest points are always spent first. Counted from the newest day back, as far as the balance
-- goes, so that a player's rows add up to the balance.

create or replace function loyalty._outstanding()
returns table (player_id uuid, tier text, current_balance bigint, earned_on date, points bigint)
language sql
stable
begin atomic
  select o.player_id, o.tier, o.current_balance, o.earned_on, o.points
  from (
    select
      p.player_id, p.tier, p.current_balance, c.earned_on,
      least(
        c.points,
        p.current_balance + c.points
        - sum(c.points) over (partition by c.player_id order by c.earned_on desc)
      )::bigint as points
    from loyalty.player_loyalty as p
    join (
      select l.player_id, l.gaming_day as earned_on, sum(l.points_change) as points
      from loyalty.loyalty_ledger as l
      where l.casino_id = identity._casino()
        and l.points_change > 0
        and l.transaction_type <> 'REVERSAL'
        and not exists (
          select
          from loyalty.loyalty_ledger as r
          where r.casino_id = identity._casino()
            and r.player_id = l.player_id
            and r.reverses_entry_no = l.entry_no
        )
      group by l.player_id, l.gaming_day
    ) as c on c.player_id = p.player_id
    where p.casino_id = identity._casino() and p.current_balance > 0
  ) as o
  where o.points > 0;
end;

alter function loyalty._outstanding() owner to loyalty_service;
revoke all on function loyalty._outstanding() from public;

comment on function loyalty._outstanding() is
  'Points left of each player''s earnings, by the gaming day on which they were earned; of a '
  'player they add up to the balance.';
