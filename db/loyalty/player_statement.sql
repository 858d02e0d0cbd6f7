-- A player's statement for a period of gaming days. The balance of each line is reckoned from the
-- opening balance, because an entry may be written after ones that happened later.

create or replace function loyalty.player_statement(
  player_id uuid,
  first_day date,
  last_day date
) returns loyalty.statement
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter_reader();
  v_result loyalty.statement;
begin
  if first_day is null or last_day is null or first_day > last_day
    or not isfinite(first_day) or not isfinite(last_day)
  then
    perform ops._refuse('LYPRD', array[format('%s to %s', first_day, last_day)]);
  end if;
  select p.tier into v_result.tier
  from loyalty.player_loyalty as p
  where p.casino_id = v_actor.casino_id and p.player_id = player_statement.player_id;
  if not found then
    perform ops._refuse('RSPLR');
  end if;
  v_result.player_id := player_statement.player_id;
  v_result.first_day := first_day;
  v_result.last_day := last_day;
  v_result.made_at := now();
  v_result.casino_name := identity._casino_name();
  v_result.player_name := floor._player_name(player_statement.player_id);
  v_result.card_no := floor._player_card(player_statement.player_id);

  with entry as (
    select
      l.*,
      case
        when l.transaction_type in ('ADJUSTMENT', 'REVERSAL') then 'adjusted'
        when l.transaction_type = 'REDEMPTION' then 'redeemed'
        when l.transaction_type = 'EXPIRATION' then 'expired'
        else 'earned'
      end as movement
    from loyalty.loyalty_ledger as l
    where l.casino_id = v_actor.casino_id
      and l.player_id = player_statement.player_id
      and l.gaming_day <= last_day
  ),
  line as (
    select
      e.*, sum(e.points_change) over (order by e.gaming_day, e.entry_no) as running
    from entry as e
  )
  select
    coalesce(sum(l.points_change) filter (where l.gaming_day < first_day), 0),
    coalesce(sum(l.points_change) filter (
      where l.gaming_day >= first_day and l.movement = 'earned'
    ), 0),
    coalesce(-sum(l.points_change) filter (
      where l.gaming_day >= first_day and l.movement = 'redeemed'
    ), 0),
    coalesce(-sum(l.points_change) filter (
      where l.gaming_day >= first_day and l.movement = 'expired'
    ), 0),
    coalesce(sum(l.points_change) filter (
      where l.gaming_day >= first_day and l.movement = 'adjusted'
    ), 0),
    coalesce(sum(l.points_change), 0),
    coalesce(
      array_agg(
        row(
          l.entry_no, l.gaming_day, l.occurred_at, l.transaction_type,
          loyalty._statement_text(l.transaction_type, l.event_type, l.reason, l.reverses_entry_no),
          l.points_change, l.running
        )::loyalty.statement_line
        order by l.gaming_day, l.entry_no
      ) filter (where l.gaming_day >= first_day),
      '{}'
    )
  into
    v_result.opening_balance, v_result.earned, v_result.redeemed, v_result.expired,
    v_result.adjusted, v_result.closing_balance, v_result.lines
  from line as l;
  return v_result;
end
$$;

alter function loyalty.player_statement(uuid, date, date) owner to loyalty_service;
revoke all on function loyalty.player_statement(uuid, date, date) from public;
grant execute on function loyalty.player_statement(uuid, date, date) to pit_staff;

comment on function loyalty.player_statement(uuid, date, date) is
  'A player''s entries of these gaming days in words, with the balances before, between and '
  'after. For everybody signed in. Errors: IDUNA, RSPLR, LYPRD.';
