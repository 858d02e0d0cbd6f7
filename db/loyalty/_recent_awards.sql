-- The manual rewards that a person gave by themselves in these 60 seconds. One set, so that it
-- becomes part of the query that asks.

create or replace function loyalty._recent_awards(staff_id uuid)
returns table (created_at timestamptz)
language sql
stable
begin atomic
  select l.created_at
  from loyalty.loyalty_ledger as l
  where l.casino_id = identity._casino()
    and l.staff_id = _recent_awards.staff_id
    and l.transaction_type = 'MANUAL_BONUS'
    and l.approved_by is null
    and l.created_at > now() - interval '60 seconds';
end;

alter function loyalty._recent_awards(uuid) owner to loyalty_service;
revoke all on function loyalty._recent_awards(uuid) from public;

comment on function loyalty._recent_awards(uuid) is
  'When a person gave rewards that nobody had to approve, within these 60 seconds.';
