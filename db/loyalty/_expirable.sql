-- The rule of expiry (domain.md section 5), first in, first out: what is left of the points that
-- were earned before the cut-off, max(0, credits before it - all debits so far). The balance is
-- credits less debits, so this is the balance less the credits since the cut-off: the newest
-- points are the last to go. An entry and its reversal count as neither.

create or replace function loyalty._expirable(player_id uuid, balance bigint, cut_off date)
returns bigint
language sql
stable
return greatest(
  0,
  balance - (
    select coalesce(sum(l.points_change), 0)
    from loyalty.loyalty_ledger as l
    where l.casino_id = identity._casino()
      and l.player_id = _expirable.player_id
      and l.gaming_day >= cut_off
      and l.points_change > 0
      and l.transaction_type <> 'REVERSAL'
      and not exists (
        select
        from loyalty.loyalty_ledger as r
        where r.casino_id = identity._casino()
          and r.player_id = _expirable.player_id
          and r.reverses_entry_no = l.entry_no
      )
  )
)::bigint;

alter function loyalty._expirable(uuid, bigint, date) owner to loyalty_service;
revoke all on function loyalty._expirable(uuid, bigint, date) from public;

comment on function loyalty._expirable(uuid, bigint, date) is
  'Points of a player with this balance that were earned on gaming days before the cut-off and '
  'are still there.';
