-- For an import, which may not read the ledger: what it has posted, and nobody has taken back
-- since, by a rollback or by hand.

create or replace function loyalty._unreversed_keys(idempotency_keys text[]) returns setof text
language sql
stable
security definer
set search_path = ''
begin atomic
  select l.idempotency_key
  from unnest(_unreversed_keys.idempotency_keys) as k (idempotency_key)
  join loyalty.loyalty_ledger as l
    on l.casino_id = identity._casino() and l.idempotency_key = k.idempotency_key
  where not exists (
    select
    from loyalty.loyalty_ledger as r
    where r.casino_id = identity._casino()
      and r.player_id = l.player_id
      and r.reverses_entry_no = l.entry_no
  );
end;

alter function loyalty._unreversed_keys(text[]) owner to loyalty_service;
revoke all on function loyalty._unreversed_keys(text[]) from public;
grant execute on function loyalty._unreversed_keys(text[]) to ops_service;

comment on function loyalty._unreversed_keys(text[]) is
  'Those of these keys that have made a ledger entry of the running call''s casino which is not '
  'reversed.';
