-- The leaves of a day's tree, put together from this and earlier seals: of every player the newest
-- entry that had been sealed by then, in the order of player_id.

create or replace function ops._sealed_leaves(gaming_day date)
returns table (player_id uuid, entry_no bigint, entry_hash bytea, leaf bytea, leaf_no bigint)
language sql
stable
set search_path = ''
begin atomic
  select
    l.player_id, l.entry_no, l.entry_hash,
    ops._merkle_leaf(l.player_id, l.entry_no, l.entry_hash),
    row_number() over (order by l.player_id) - 1
  from (
    select distinct on (e.player_id) e.player_id, e.entry_no, e.entry_hash
    from ops.ledger_seal_leaf as e
    where e.casino_id = identity._casino() and e.gaming_day <= _sealed_leaves.gaming_day
    order by e.player_id, e.gaming_day desc
  ) as l
  order by l.player_id;
end;

alter function ops._sealed_leaves(date) owner to ops_service;
revoke all on function ops._sealed_leaves(date) from public;

comment on function ops._sealed_leaves(date) is
  'The leaves of the tree of a sealed day with their hashes and numbers from 0.';
