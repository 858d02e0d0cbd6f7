-- The lifetime points that an entry found, by the rule of domain.md section 4: the tier that an
-- accrual multiplies by is the one before it.

create or replace function loyalty._lifetime_before(entry loyalty.loyalty_ledger) returns bigint
language sql
stable
return (
  select coalesce(
    sum(
      case
        when l.transaction_type <> 'REVERSAL' then greatest(l.points_change, 0)
        else least(l.points_change, 0)
      end
    ),
    0
  )::bigint
  from loyalty.loyalty_ledger as l
  where l.casino_id = identity._casino()
    and l.player_id = entry.player_id
    and l.entry_no < entry.entry_no
);

alter function loyalty._lifetime_before(loyalty.loyalty_ledger) owner to loyalty_service;
revoke all on function loyalty._lifetime_before(loyalty.loyalty_ledger) from public;

comment on function loyalty._lifetime_before(loyalty.loyalty_ledger) is
  'Sum of the positive entries before this one that are no reversals, less what reversals took.';
