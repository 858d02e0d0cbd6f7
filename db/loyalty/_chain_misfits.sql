-- Which of these entries are no longer what they were: for the seals, which know numbers and hashes
-- of entries and nothing else about them.

create or replace function loyalty._chain_misfits(
  player_ids uuid[],
  entry_nos bigint[],
  entry_hashes bytea[]
)
returns table (place bigint, found boolean)
language sql
stable
security definer
set search_path = ''
begin atomic
  select e.place, l.entry_no is not null
  from unnest(player_ids, entry_nos, entry_hashes)
    with ordinality as e (player_id, entry_no, entry_hash, place)
  left join loyalty.loyalty_ledger as l
    on l.casino_id = identity._casino()
    and l.player_id = e.player_id
    and l.entry_no = e.entry_no
  where l.entry_hash is distinct from e.entry_hash or e.entry_hash is null;
end;

alter function loyalty._chain_misfits(uuid[], bigint[], bytea[]) owner to loyalty_service;
revoke all on function loyalty._chain_misfits(uuid[], bigint[], bytea[]) from public;
grant execute on function loyalty._chain_misfits(uuid[], bigint[], bytea[]) to ops_service;

comment on function loyalty._chain_misfits(uuid[], bigint[], bytea[]) is
  'The places in these lists whose entry is missing (found is false) or has another hash.';
