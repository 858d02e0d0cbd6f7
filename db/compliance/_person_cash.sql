-- What the alert rules about kinds look at: the entries of some days with the person that each
-- belongs to now. Offsets take away what they offset, at the same moment and table.

create or replace function compliance._person_cash(first_day date, last_day date)
returns table (
  patron_id uuid,
  gaming_day date,
  kind text,
  table_id uuid,
  occurred_at timestamptz,
  cash_in numeric,
  cash_out numeric,
  amount numeric
)
language sql
stable
begin atomic
  select
    coalesce(l.player_patron_id, e.patron_id), e.gaming_day, e.kind, e.table_id, e.occurred_at,
    e.cash_in, e.cash_out, case when e.entry_role = 'offset' then - e.amount else e.amount end
  from compliance.mtl_entry as e
  left join compliance.patron_link as l
    on l.casino_id = identity._casino()
      and l.unknown_patron_id = e.patron_id
      and l.undone_at is null
  where e.casino_id = identity._casino()
    and e.gaming_day between first_day and last_day
    and e.kind in ('chip_purchase', 'chip_redemption', 'marker_payment');
end;

alter function compliance._person_cash(date, date) owner to compliance_service;
revoke all on function compliance._person_cash(date, date) from public;

comment on function compliance._person_cash(date, date) is
  'Chip purchases, chip redemptions and marker payments of some gaming days, by person.';
