-- Markers paid down in currency, bit by bit: over 20 000 within 7 gaming days, and never more than
-- the threshold in one of them, so that no report told of it.

create or replace function compliance._find_marker_paydown(actor identity.actor, last_day date)
returns setof compliance.alert_finding
language sql
stable
begin atomic
  select
    'marker_paydown', d.patron_id, 'in', max(d.gaming_day), sum(d.amount),
    jsonb_build_object(
      'days',
      jsonb_agg(
        jsonb_build_object('gamingDay', d.gaming_day, 'amount', d.amount) order by d.gaming_day
      )
    )
  from (
    select c.patron_id, c.gaming_day, sum(c.cash_in) as amount
    from compliance._person_cash(last_day - 6, last_day) as c
    where c.kind = 'marker_payment'
    group by c.patron_id, c.gaming_day
    having sum(c.cash_in) > 0
  ) as d
  cross join lateral compliance._thresholds(actor, d.gaming_day) as t
  group by d.patron_id
  having sum(d.amount) > 20000 and bool_and(d.amount <= t.ctr_threshold);
end;

alter function compliance._find_marker_paydown(identity.actor, date) owner to compliance_service;
revoke all on function compliance._find_marker_paydown(identity.actor, date) from public;

comment on function compliance._find_marker_paydown(identity.actor, date) is
  'Alert rule marker_paydown in the 7 gaming days that end with last_day.';
