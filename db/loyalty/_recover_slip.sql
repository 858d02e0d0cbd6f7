-- Common part of recovering an award, for a person and for the job, so that both have the same one
-- effect.

create or replace function loyalty._recover_slip(actor identity.actor, rating_slip_id uuid)
returns loyalty.slip_outcome
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_slip floor.slip_telemetry := floor._slip_telemetry(_recover_slip.rating_slip_id);
  v_state floor.slip_state;
begin
  if v_slip.rating_slip_id is null then
    v_state := floor._slip_state(_recover_slip.rating_slip_id);
    if v_state.rating_slip_id is null then
      perform ops._refuse('RSNFD');
    end if;
    perform ops._refuse('RSSTA', array[v_state.state || ' and must be completed first']);
  end if;

  if not exists (
    select
    from loyalty.accrual_failure as f
    where f.casino_id = v_slip.casino_id
      and f.rating_slip_id = v_slip.rating_slip_id
      and f.resolved_at is null
  ) then
    return loyalty._closed_slip_outcome(v_slip);
  end if;
  return loyalty.accrue_rating_slip(actor, v_slip);
end
$$;

alter function loyalty._recover_slip(identity.actor, uuid) owner to loyalty_service;
revoke all on function loyalty._recover_slip(identity.actor, uuid) from public;

comment on function loyalty._recover_slip(identity.actor, uuid) is
  'Retries the award of a closed slip. Errors: RSNFD, RSSTA.';
