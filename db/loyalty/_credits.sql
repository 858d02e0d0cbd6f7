-- The points that were earned since a gaming day and stand: entries that a reversal took back don't
-- count, nor do reversals. Reversed entries are few, so they are gathered first and left out.

create or replace function loyalty._credits(since date)
returns table (player_id uuid, earned_on date, points bigint)
language sql
stable
begin atomic
  select l.player_id, l.gaming_day, l.points_change
  from loyalty.loyalty_ledger as l
  left join (
    select r.player_id, r.reverses_entry_no
    from loyalty.loyalty_ledger as r
    where r.casino_id = identity._casino() and r.reverses_entry_no is not null
  ) as r on r.player_id = l.player_id and r.reverses_entry_no = l.entry_no
  where l.casino_id = identity._casino()
    and l.gaming_day >= since
    and l.points_change > 0
    and l.transaction_type <> 'REVERSAL'
    and r.reverses_entry_no is null;
end;

alter function loyalty._credits(date) owner to loyalty_service;
revoke all on function loyalty._credits(date) from public;

comment on function loyalty._credits(date) is
  'Points that players earned on this gaming day or later, without what was reversed.';
