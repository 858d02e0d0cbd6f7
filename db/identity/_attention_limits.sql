-- Answers floor's question "from when on does a slip need somebody's attention?": a pause after
-- which the player may not come back, and a slip that somebody may have forgotten.

create or replace function identity._attention_limits(
  out long_pause interval,
  out long_slip interval
)
language sql
stable
security definer
set search_path = ''
begin atomic
  select c.long_pause, c.long_slip
  from identity.casino as c
  where c.casino_id = identity._casino();
end;

alter function identity._attention_limits() owner to identity_service;
revoke all on function identity._attention_limits() from public;
grant execute on function identity._attention_limits() to floor_service;

comment on function identity._attention_limits() is
  'How long a pause and a slip may take before the pit board asks for attention, as the casino of '
  'the running call has it.';
