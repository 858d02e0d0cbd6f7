-- Refuses a person who gave as many rewards in these 60 seconds as the policy allows, and says
-- how long to wait.

create or replace function loyalty._refuse_pace(
  actor identity.actor,
  per_minute integer
) returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_pace record := loyalty._reward_pace(actor, per_minute);
begin
  perform ops._refuse(
    'LYRTE',
    array[per_minute::text, v_pace.retry_after_seconds::text],
    jsonb_build_object('retryAfterSeconds', v_pace.retry_after_seconds)
  );
end
$$;

alter function loyalty._refuse_pace(identity.actor, integer) owner to loyalty_service;
revoke all on function loyalty._refuse_pace(identity.actor, integer) from public;

comment on function loyalty._refuse_pace(identity.actor, integer) is
  'Raises LYRTE with retryAfterSeconds.';
