-- A request that was decided, or has waited too long, can't be decided again: says what it is. One
-- that is stale counts as expired before the job has marked it.

create or replace function loyalty._refuse_decided(request loyalty.reward_request) returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  if request.status <> 'pending' then
    perform ops._refuse('LYDEC', array[request.status]);
  elsif request.expires_at <= now() then
    perform ops._refuse('LYDEC', array['expired']);
  end if;
end
$$;

alter function loyalty._refuse_decided(loyalty.reward_request) owner to loyalty_service;
revoke all on function loyalty._refuse_decided(loyalty.reward_request) from public;

comment on function loyalty._refuse_decided(loyalty.reward_request) is
  'Raises LYDEC unless the request still waits.';
