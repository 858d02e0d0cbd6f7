-- Several who buy and one who cashes in: 2 or more people each buy chips for 3 000 to 10 000 at
-- one table within 30 minutes, and one of them redeems more than the threshold that day.

create or replace function compliance._find_combined_buyers(actor identity.actor, on_day date)
returns setof compliance.alert_finding
language sql
stable
begin atomic
  with cash as materialized (
    select * from compliance._person_cash(on_day, on_day)
  ),
  buyer as (
    -- For each purchase: what everybody bought at that table in the half hour that it begins.
    select a.table_id, a.occurred_at as since, b.patron_id, sum(b.cash_in) as bought
    from (
      select distinct c.table_id, c.occurred_at
      from cash as c
      where c.kind = 'chip_purchase' and c.table_id is not null
    ) as a
    join cash as b
      on b.kind = 'chip_purchase'
        and b.table_id = a.table_id
        and b.occurred_at between a.occurred_at and a.occurred_at + interval '30 minutes'
    group by a.table_id, a.occurred_at, b.patron_id
    having sum(b.cash_in) between 3000 and 10000
  ),
  together as (
    select
      b.table_id, b.since, count(*) as buyers,
      array_agg(b.patron_id) as patron_ids,
      jsonb_agg(
        jsonb_build_object('patronId', b.patron_id, 'amount', b.bought) order by b.patron_id
      ) as bought
    from buyer as b
    group by b.table_id, b.since
    having count(*) >= 2
  ),
  redeemer as (
    select c.patron_id, sum(c.cash_out) as redeemed
    from cash as c
    where c.kind = 'chip_redemption'
    group by c.patron_id
  )
  select distinct on (r.patron_id)
    'combined_buyers', r.patron_id, 'out', on_day, r.redeemed,
    jsonb_build_object('tableId', g.table_id, 'since', g.since, 'buyers', g.bought)
  from redeemer as r
  join together as g on r.patron_id = any (g.patron_ids)
  cross join lateral compliance._thresholds(actor, on_day) as t
  where r.redeemed > t.ctr_threshold
  order by r.patron_id, g.buyers desc, g.since, g.table_id;
end;

alter function compliance._find_combined_buyers(identity.actor, date) owner to compliance_service;
revoke all on function compliance._find_combined_buyers(identity.actor, date) from public;

comment on function compliance._find_combined_buyers(identity.actor, date) is
  'Alert rule combined_buyers on a gaming day; the alert is the redeemer''s and names the buyers.';
