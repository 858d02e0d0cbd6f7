-- What a person's reportable sums are made of, transaction by transaction. The side of an exchange
-- on which foreign currency was is on lines 53 and 54, with the country: the first two letters of
-- a currency's ISO code are its country's. Somebody who turns out to be the person is no agent.

create or replace function compliance._ctr_transactions(patron_id uuid, gaming_day date)
returns setof compliance.ctr_transaction
language sql
stable
set search_path = ''
begin atomic
  select
    t.transaction_id, d.direction, d.line, d.country, t.agent_patron_id,
    d.amount::numeric(14, 2), t.note, t.occurred_at
  from (
    select
      coalesce(e.corrects_entry_id, e.entry_id) as transaction_id,
      any_value(e.kind) as kind,
      any_value(e.direction) as direction,
      any_value(left(e.foreign_currency, 2)) as country,
      any_value(
        nullif(compliance._root(e.agent_patron_id), _ctr_transactions.patron_id)
      ) as agent_patron_id,
      min(e.note) filter (where e.entry_role = 'original') as note,
      min(e.occurred_at) as occurred_at,
      sum(e.cash_in) as cash_in,
      sum(e.cash_out) as cash_out
    from compliance._person_patrons(_ctr_transactions.patron_id) as p (patron_id)
    join compliance.mtl_entry as e
      on e.casino_id = identity._casino()
      and e.patron_id = p.patron_id
      and e.gaming_day = _ctr_transactions.gaming_day
    group by coalesce(e.corrects_entry_id, e.entry_id)
  ) as t
  join compliance.mtl_kind as k on k.kind = t.kind
  cross join lateral (
    select
      s.direction, s.amount, s.is_foreign,
      case when s.is_foreign then t.country end as country,
      case
        when s.is_foreign and s.direction = 'in' then 53
        when s.is_foreign then 54
        when s.direction = 'in' then k.ctr_line
        else coalesce(k.ctr_line_out, k.ctr_line)
      end as line
    from (
      select
        v.direction, v.amount,
        t.country is not null and t.direction = v.direction as is_foreign
      from (values ('in', t.cash_in), ('out', t.cash_out)) as v (direction, amount)
    ) as s
  ) as d
  where d.amount > 0
  order by t.occurred_at, t.transaction_id, d.direction;
end;

alter function compliance._ctr_transactions(uuid, date) owner to compliance_service;
revoke all on function compliance._ctr_transactions(uuid, date) from public;

comment on function compliance._ctr_transactions(uuid, date) is
  'The currency transactions of a person (a root patron) on a gaming day, over all patrons '
  'identified as them, in the order in which they happened.';
