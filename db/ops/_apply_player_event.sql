-- Enrols the player that a feed's event describes. A date that isn't one becomes a refusal of this
-- event, never a fault that stops the feed.

create or replace function ops._apply_player_event(
  actor identity.actor,
  event jsonb,
  at timestamptz
) returns uuid
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_birth_date date;
begin
  begin
    v_birth_date := case
      when event ->> 'birth_date' ~ '^\d{4}-\d\d-\d\d$' then (event ->> 'birth_date')::date
    end;
  exception when data_exception then
    v_birth_date := null;
  end;
  return (
    floor._enroll_player(
      actor, event ->> 'card', event ->> 'first_name', event ->> 'last_name', v_birth_date, at
    )
  ).player_id;
end
$$;

alter function ops._apply_player_event(identity.actor, jsonb, timestamptz) owner to ops_service;
revoke all on function ops._apply_player_event(identity.actor, jsonb, timestamptz) from public;

comment on function ops._apply_player_event(identity.actor, jsonb, timestamptz) is
  'Applies a player event. Errors: RSPRS, RSTIM, RSCRD, LYPOL.';
