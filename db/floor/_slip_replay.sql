-- Gives the result of a slip command again: the same slip, and after a move the completion of
-- the slip before it.

create or replace function floor._slip_replay(actor identity.actor, command floor.command)
returns floor.slip_result
language plpgsql
stable
set search_path = ''
as $$
declare
  v_slip floor.rating_slip;
  v_previous floor.rating_slip;
  v_completion floor.rating_slip_completion;
begin
  select * into strict v_slip
  from floor.rating_slip as s
  where s.casino_id = actor.casino_id and s.rating_slip_id = command.rating_slip_id;
  if command.command = 'move_player' then
    select * into strict v_previous
    from floor.rating_slip as s
    where s.casino_id = actor.casino_id and s.rating_slip_id = v_slip.previous_slip_id;
    v_completion := floor._completion(
      v_previous,
      loyalty._closed_slip_outcome(floor._slip_telemetry(v_previous.rating_slip_id))
    );
  end if;
  return row(v_slip, v_completion, true);
end
$$;

alter function floor._slip_replay(identity.actor, floor.command) owner to floor_service;
revoke all on function floor._slip_replay(identity.actor, floor.command) from public;

comment on function floor._slip_replay(identity.actor, floor.command) is
  'The result of an earlier slip command, marked as replayed.';
