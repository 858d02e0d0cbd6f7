-- What a player had at a moment: the entries of what had happened by then. Entries may be written
-- later than they happened, so known_at asks what the ledger knew at another moment.

create or replace function loyalty.balance_as_of(
  player_id uuid,
  at timestamptz,
  known_at timestamptz default null
) returns bigint
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter_reader();
  v_balance bigint;
begin
  select coalesce(sum(l.points_change), 0) into v_balance
  from loyalty.player_loyalty as p
  left join loyalty.loyalty_ledger as l
    on l.casino_id = v_actor.casino_id
    and l.player_id = p.player_id
    and l.occurred_at <= balance_as_of.at
    and (balance_as_of.known_at is null or l.created_at <= balance_as_of.known_at)
  where p.casino_id = v_actor.casino_id and p.player_id = balance_as_of.player_id
  group by p.player_id;
  if not found then
    perform ops._refuse('RSPLR');
  end if;
  return v_balance;
end
$$;

alter function loyalty.balance_as_of(uuid, timestamptz, timestamptz) owner to loyalty_service;
revoke all on function loyalty.balance_as_of(uuid, timestamptz, timestamptz) from public;
grant execute on function loyalty.balance_as_of(uuid, timestamptz, timestamptz)
to pit_staff, pit_auditor;

comment on function loyalty.balance_as_of(uuid, timestamptz, timestamptz) is
  'A player''s balance after everything that had happened by a moment (occurred_at), with '
  'known_at: as far as it was written by then (created_at). For everybody signed in and '
  'auditors'' logins. Errors: IDUNA, RSPLR.';
