-- The balance half of an award on its own, for service roles: adds points (a positive delta also
-- counts into lifetime points) or takes them. Whoever calls it owes the ledger its entry.

create function loyalty.increment_player_loyalty(player_id uuid, delta_points bigint)
returns table (
  player_id uuid,
  balance_before bigint,
  balance_after bigint,
  tier_before text,
  tier_after text,
  current_balance bigint,
  lifetime_points bigint,
  tier text,
  tier_progress integer,
  updated_at timestamptz,
  row_locked boolean
)
language sql
volatile
security definer
set search_path = ''
as $$
select
  m.player_id, m.balance_before, m.balance_after, m.tier_before, m.tier_after,
  m.balance_after, m.lifetime_points, m.tier_after, m.tier_progress, m.updated_at, true
from loyalty._move_points($1, $2, greatest($2, 0), now(), null) as m
$$;

alter function loyalty.increment_player_loyalty(uuid, bigint) owner to loyalty_service;
revoke all on function loyalty.increment_player_loyalty(uuid, bigint) from public;
grant execute on function loyalty.increment_player_loyalty(uuid, bigint) to loyalty_service;

comment on function loyalty.increment_player_loyalty(uuid, bigint) is
  'Moves a player''s balance in the casino of the running call under the row''s lock (row_locked '
  'is true: it is held until the transaction ends). For service roles only; the ledger entry is '
  'loyalty._post_entry''s. Errors: RSPLR, LYBAL.';
