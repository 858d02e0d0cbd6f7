-- Answers loyalty's question "is this slip open, and whose is it?". Loyalty reads no floor table;
-- what it may know of a running slip is what this type holds.

create or replace function floor._slip_state(rating_slip_id uuid) returns floor.slip_state
language sql
stable
security definer
set search_path = ''
return (
  select row(s.rating_slip_id, s.visit_id, s.player_id, s.state)::floor.slip_state
  from floor.rating_slip as s
  where s.casino_id = identity._casino() and s.rating_slip_id = _slip_state.rating_slip_id
);

alter function floor._slip_state(uuid) owner to floor_service;
revoke all on function floor._slip_state(uuid) from public;
grant execute on function floor._slip_state(uuid) to loyalty_service;

comment on function floor._slip_state(uuid) is 'State and owner of a slip; null when unknown.';
