-- The balance half of an award on its own, for service roles: adds points (a positive delta also
-- counts into lifetime points) or takes them. Whoever calls it owes the ledger its entry.

create or replace function loyalty.increment_player_loyalty(player_id uuid, delta_points bigint)
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
select loyalty._refuse_move($1, $2)
where not exists (
  select
  from loyalty.player_loyalty as p
  where p.casino_id = identity._casino()
    and p.player_id = $1
    and p.current_balance + $2 >= 0
  for no key update
);

update loyalty.player_loyalty as p
set current_balance = p.current_balance + $2,
  lifetime_points = p.lifetime_points + greatest($2, 0),
  (tier, tier_progress) = (
    select s.tier, s.tier_progress
    from loyalty._tier_standing(
      identity._casino(), p.lifetime_points + greatest($2, 0), now()
    ) as s
  ),
  updated_at = now()
where p.casino_id = identity._casino() and p.player_id = $1
returning
  new.player_id, old.current_balance, new.current_balance, old.tier, new.tier,
  new.current_balance, new.lifetime_points, new.tier, new.tier_progress, new.updated_at, true;
$$;

alter function loyalty.increment_player_loyalty(uuid, bigint) owner to loyalty_service;
revoke all on function loyalty.increment_player_loyalty(uuid, bigint) from public;
grant execute on function loyalty.increment_player_loyalty(uuid, bigint) to loyalty_service;

comment on function loyalty.increment_player_loyalty(uuid, bigint) is
  'Moves a player''s balance in the casino of the running call under the row''s lock (row_locked '
  'is true: it is held until the transaction ends). For service roles only; the ledger entry is '
  'loyalty._post_entry''s. Errors: RSPLR, LYBAL.';
