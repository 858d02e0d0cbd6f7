-- Gives a closed slip's first result again, without trying anything: pending while its award has
-- not succeeded, else replayed.

create or replace function loyalty._closed_slip_outcome(slip floor.slip_telemetry)
returns loyalty.slip_outcome
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_entry loyalty.loyalty_ledger;
  v_failure loyalty.accrual_failure;
begin
  select * into v_failure
  from loyalty.accrual_failure as f
  where f.casino_id = slip.casino_id and f.rating_slip_id = slip.rating_slip_id;
  if v_failure.rating_slip_id is not null and v_failure.resolved_at is null then
    return loyalty._slip_outcome(slip, 'pending', null, null, v_failure.correlation_id);
  end if;

  select * into v_entry
  from loyalty.loyalty_ledger as l
  where l.casino_id = slip.casino_id
    and l.idempotency_key = loyalty._slip_key(slip.rating_slip_id);
  return loyalty._slip_outcome(
    slip, 'replayed', v_entry, (loyalty._slip_points(slip)).theoretical_win,
    slip.correlation_id
  );
end
$$;

alter function loyalty._closed_slip_outcome(floor.slip_telemetry) owner to loyalty_service;
revoke all on function loyalty._closed_slip_outcome(floor.slip_telemetry) from public;
grant execute on function loyalty._closed_slip_outcome(floor.slip_telemetry) to floor_service;

comment on function loyalty._closed_slip_outcome(floor.slip_telemetry) is
  'Where the award of a closed slip stands: replayed, or pending.';
