-- What every patron's gaming day should say, added up from the entries. A day on which nothing was
-- currency has no row and needs none.

create or replace function compliance._day_totals()
returns table (
  patron_id uuid,
  gaming_day date,
  entries bigint,
  has_cash boolean,
  cash_in numeric,
  cash_out numeric,
  entries_in bigint,
  entries_out bigint
)
language sql
stable
begin atomic
  select
    e.patron_id, e.gaming_day, count(*), bool_or(e.cash_in <> 0 or e.cash_out <> 0),
    sum(e.cash_in), sum(e.cash_out),
    count(*) filter (where e.cash_in > 0) - count(*) filter (where e.cash_in < 0),
    count(*) filter (where e.cash_out > 0) - count(*) filter (where e.cash_out < 0)
  from compliance.mtl_entry as e
  where e.casino_id = identity._casino()
  group by e.patron_id, e.gaming_day;
end;

alter function compliance._day_totals() owner to compliance_service;
revoke all on function compliance._day_totals() from public;

comment on function compliance._day_totals() is
  'Sums and numbers of live entries of every patron and gaming day of the running call''s casino.';
