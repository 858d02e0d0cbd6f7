-- A person's two sums of a gaming day, over everybody who was identified as them. Whoever decides
-- something by them holds the person's lock.

create or replace function compliance._day_sums(
  root uuid,
  gaming_day date,
  out cash_in numeric,
  out cash_out numeric,
  out entries_in integer,
  out entries_out integer
)
language sql
stable
begin atomic
  select
    coalesce(sum(d.cash_in), 0), coalesce(sum(d.cash_out), 0),
    coalesce(sum(d.entries_in), 0)::integer, coalesce(sum(d.entries_out), 0)::integer
  from compliance.patron_gaming_day as d
  where d.casino_id = identity._casino()
    and d.patron_id = any (
      array(select p.patron_id from compliance._person_patrons(root) as p (patron_id))
    )
    and d.gaming_day = _day_sums.gaming_day;
end;

alter function compliance._day_sums(uuid, date) owner to compliance_service;
revoke all on function compliance._day_sums(uuid, date) from public;

comment on function compliance._day_sums(uuid, date) is
  'Cash in, cash out and their numbers of entries of a person''s gaming day.';
