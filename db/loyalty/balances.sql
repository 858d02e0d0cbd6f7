-- What every player has now, in plain words, for an auditor with psql. It is the cache; whether it
-- fits the ledger is what verify_chain says.

create or replace view loyalty.balances with (security_invoker = true) as
select
  p.player_id,
  p.current_balance as balance,
  p.lifetime_points,
  p.tier,
  p.last_entry_no as entries,
  p.updated_at as last_changed_at
from loyalty.player_loyalty as p;

alter view loyalty.balances owner to pit_owner;
grant select on loyalty.balances to pit_auditor;

comment on view loyalty.balances is
  'Every player''s balance and tier, for auditors'' logins.';
