-- Whose ledger can't be what a standing is rebuilt from: an entry doesn't follow, doesn't add up or
-- doesn't fit its hash, or the standing ends with an entry that the ledger hasn't got. A standing
-- that has fallen behind, or of which only the number or only the hash is wrong, is no such case.

create or replace function loyalty._broken_ledgers(player_ids uuid[])
returns table (player_id uuid, entry_no bigint)
language sql
stable
set search_path = ''
begin atomic
  select b.player_id, min(b.entry_no)
  from (
    select d.player_id, d.entry_no
    from loyalty._entry_drift(player_ids) as d
    union all
    select p.player_id, coalesce(l.entry_no, 0) + 1
    from loyalty.player_loyalty as p
    left join loyalty._ledger_standings(player_ids) as l on l.player_id = p.player_id
    where p.casino_id = identity._casino()
      and p.player_id = any (player_ids)
      and p.last_entry_hash <> coalesce(l.entry_hash, sha256(''))
      and (p.last_entry_no, p.current_balance)
        <> (coalesce(l.entry_no, 0), coalesce(l.balance, 0))
      and (p.last_entry_no, p.last_entry_hash) <> (0, sha256(''))
      and not exists (
        select
        from loyalty.loyalty_ledger as e
        where e.casino_id = identity._casino()
          and e.player_id = p.player_id
          and e.entry_no = p.last_entry_no
          and e.entry_hash = p.last_entry_hash
      )
  ) as b
  group by b.player_id
  order by b.player_id;
end;

alter function loyalty._broken_ledgers(uuid[]) owner to loyalty_service;
revoke all on function loyalty._broken_ledgers(uuid[]) from public;

comment on function loyalty._broken_ledgers(uuid[]) is
  'Those of these players whose ledger itself is broken, with the first entry where it shows.';
