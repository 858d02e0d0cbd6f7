-- The newest entry of every player, for the seals: as the standing numbers it and as the ledger has
-- it. entry_hash is null where the ledger has no such entry, or another hash than the standing.

create or replace function loyalty._chain_heads()
returns table (player_id uuid, entry_no bigint, entry_hash bytea)
language sql
stable
security definer
set search_path = ''
begin atomic
  select p.player_id, p.last_entry_no, l.entry_hash
  from loyalty.player_loyalty as p
  left join loyalty.loyalty_ledger as l
    on l.casino_id = identity._casino()
    and l.player_id = p.player_id
    and l.entry_no = p.last_entry_no
    and l.entry_hash = p.last_entry_hash
  where p.casino_id = identity._casino() and p.last_entry_no > 0;
end;

alter function loyalty._chain_heads() owner to loyalty_service;
revoke all on function loyalty._chain_heads() from public;
grant execute on function loyalty._chain_heads() to ops_service;

comment on function loyalty._chain_heads() is
  'Number and hash of every player''s newest entry in the running call''s casino.';
