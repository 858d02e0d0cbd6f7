-- What the ledger says of each player: how many entries, the sums, and the newest entry. The one
-- place where a standing is added up from its entries, for those who compare and for who rebuilds.
-- No sum can overflow, whatever somebody wrote into a row.

create or replace function loyalty._ledger_standings(player_ids uuid[])
returns table (
  player_id uuid,
  entries bigint,
  entry_no bigint,
  balance numeric,
  lifetime bigint,
  entry_hash bytea,
  occurred_at timestamptz
)
language sql
stable
begin atomic
  select
    l.player_id, l.entries, l.entry_no, l.balance, l.lifetime, h.entry_hash, h.occurred_at
  from (
    select
      e.player_id, count(*) as entries, max(e.entry_no) as entry_no,
      sum(e.points_change) as balance,
      least(
        greatest(
          sum(
            case
              when e.transaction_type <> 'REVERSAL' then greatest(e.points_change, 0)
              else least(e.points_change, 0)
            end
          ),
          -9223372036854775808
        ),
        9223372036854775807
      )::bigint as lifetime
    from loyalty.loyalty_ledger as e
    where e.casino_id = identity._casino()
      and (player_ids is null or e.player_id = any (player_ids))
    group by e.player_id
  ) as l
  left join loyalty.loyalty_ledger as h
    on h.casino_id = identity._casino()
    and h.player_id = l.player_id
    and h.entry_no = l.entry_no;
end;

alter function loyalty._ledger_standings(uuid[]) owner to loyalty_service;
revoke all on function loyalty._ledger_standings(uuid[]) from public;

comment on function loyalty._ledger_standings(uuid[]) is
  'Entries, sums and newest entry of every player of the running call''s casino who has any, or of '
  'these players.';
