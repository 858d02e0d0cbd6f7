-- Refuses a reward that would exceed a limit of the gaming day, and says how many points are left
-- and when the next gaming day begins. The limits exist only where the policy sets them.

create or replace function loyalty._check_day_limit(
  actor identity.actor,
  refusal text,
  day_limit bigint,
  points bigint,
  given numeric
) returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_left bigint := greatest(day_limit - given, 0);
begin
  if points <= v_left then
    return;
  end if;
  perform ops._refuse(
    refusal, array[v_left::text, day_limit::text],
    jsonb_build_object(
      'limit', day_limit,
      'left', v_left,
      'retryAfterSeconds',
      ceil(extract(epoch from loyalty._gaming_day_begin(actor, 1) - now()))
    )
  );
end
$$;

alter function loyalty._check_day_limit(identity.actor, text, bigint, bigint, numeric)
owner to loyalty_service;
revoke all on function loyalty._check_day_limit(identity.actor, text, bigint, bigint, numeric)
from public;

comment on function loyalty._check_day_limit(identity.actor, text, bigint, bigint, numeric) is
  'Raises the refusal (LYSDL, LYPDL) with limit, left and retryAfterSeconds when so many points no '
  'longer fit into the gaming day.';
