-- What the alert rules about days look at: every person's sums, one row per direction, with the
-- thresholds of that day. Linked patrons are one person.

create or replace function compliance._person_days(
  actor identity.actor,
  first_day date,
  last_day date
)
returns table (
  patron_id uuid,
  gaming_day date,
  direction text,
  amount numeric,
  log_floor numeric,
  ctr_threshold numeric
)
language sql
stable
begin atomic
  select
    coalesce(l.player_patron_id, d.patron_id), d.gaming_day, s.direction, sum(s.amount),
    max(t.log_floor), max(t.ctr_threshold)
  from compliance.patron_gaming_day as d
  left join compliance.patron_link as l
    on l.casino_id = identity._casino()
      and l.unknown_patron_id = d.patron_id
      and l.undone_at is null
  cross join lateral compliance._thresholds(actor, d.gaming_day) as t
  cross join lateral (values ('in', d.cash_in), ('out', d.cash_out)) as s (direction, amount)
  where d.casino_id = identity._casino()
    and d.gaming_day between first_day and last_day
  group by 1, 2, 3;
end;

alter function compliance._person_days(identity.actor, date, date) owner to compliance_service;
revoke all on function compliance._person_days(identity.actor, date, date) from public;

comment on function compliance._person_days(identity.actor, date, date) is
  'Sums per person, gaming day and direction, with the thresholds that were in force.';
