-- Whom to tell that points will expire, the nearest day first: a list for letters and messages.
-- What is spent until then doesn't expire.

create or replace function loyalty.expiry_notices(days integer default 30)
returns setof loyalty.expiry_notice
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('loyalty:view_all');
begin
  if expiry_notices.days is null or expiry_notices.days not between 0 and 366 then
    perform ops._refuse('LYPRD', array['the list looks ahead 0 to 366 days']);
  end if;
  return query
  with line as materialized (select e.* from loyalty._expiring(v_actor, expiry_notices.days) as e)
  select
    l.player_id, h.name, h.card_no, l.tier, l.current_balance, l.expires_on, l.points
  from line as l
  join floor._card_holders(
    array(select distinct e.player_id from line as e)
  ) as h on h.player_id = l.player_id
  order by l.expires_on, l.points desc, l.player_id;
end
$$;

alter function loyalty.expiry_notices(integer) owner to loyalty_service;
revoke all on function loyalty.expiry_notices(integer) from public;
grant execute on function loyalty.expiry_notices(integer) to pit_staff;

comment on function loyalty.expiry_notices(integer) is
  'Points that expire within so many days, one row for each player and gaming day. Capability '
  'loyalty:view_all. Errors: IDUNA, IDFRB, LYPRD.';
