-- A piece of a player's chain as a proof needs it: the entry itself, and of each one after it just
-- the content that its hash was computed over.

create or replace function loyalty._chain_links(
  player_id uuid,
  first_no bigint,
  last_no bigint,
  out entry loyalty.loyalty_ledger,
  out contents bytea[]
)
language sql
stable
security definer
set search_path = ''
begin atomic
  select
    (array_agg(l order by l.entry_no))[1],
    array_agg(
      loyalty._entry_content(
        l.casino_id, l.player_id, l.entry_no, l.transaction_type, l.event_type, l.source,
        l.points_change, l.balance_before, l.balance_after, l.tier_before, l.tier_after,
        l.rating_slip_id, l.visit_id, l.reverses_entry_no, l.reason, l.staff_id,
        l.approved_by, l.correlation_id, l.idempotency_key, l.request_fingerprint,
        l.gaming_day, l.occurred_at, l.created_at
      )
      order by l.entry_no
    ) filter (where l.entry_no > first_no)
  from loyalty.loyalty_ledger as l
  where l.casino_id = identity._casino()
    and l.player_id = _chain_links.player_id
    and l.entry_no between first_no and last_no;
end;

alter function loyalty._chain_links(uuid, bigint, bigint) owner to loyalty_service;
revoke all on function loyalty._chain_links(uuid, bigint, bigint) from public;
grant execute on function loyalty._chain_links(uuid, bigint, bigint) to ops_service;

comment on function loyalty._chain_links(uuid, bigint, bigint) is
  'The entry first_no of a player and the contents of those after it up to last_no.';
