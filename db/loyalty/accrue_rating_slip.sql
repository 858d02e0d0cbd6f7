-- What a closed slip earns, exactly once. floor calls it in the transaction that closes the
-- slip. When the award fails, the slip must not stay open for that: the failure is recorded, a
-- job to recover it is queued in the same transaction, and the outcome is pending. Calling it
-- again retries. Conflicts between transactions, lock timeouts and failing machines are not
-- outcomes: they are raised, and the whole command is repeated.

create or replace function loyalty.accrue_rating_slip(
  actor identity.actor,
  slip floor.slip_telemetry
)
returns loyalty.slip_outcome
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_entry loyalty.loyalty_ledger;
  v_failure loyalty.accrual_failure;
  v_outcome loyalty.slip_outcome;
  v_code text;
  v_message text;
begin
  v_entry := (
    loyalty._claim_key(
      actor,
      loyalty._slip_key(slip.rating_slip_id),
      ops._fingerprint(jsonb_build_array('accrue_rating_slip', slip.rating_slip_id))
    )
  ).ledger_entry;
  if v_entry.entry_no is not null then
    return loyalty._slip_outcome(
      slip, 'replayed', v_entry, (loyalty._slip_points(slip)).theoretical_win, null
    );
  end if;

  select * into v_failure
  from loyalty.accrual_failure as f
  where f.casino_id = slip.casino_id and f.rating_slip_id = slip.rating_slip_id;

  begin
    v_outcome := loyalty._award_slip(
      actor, slip, coalesce(v_failure.correlation_id, actor.correlation_id)
    );
  exception when others then
    get stacked diagnostics v_code = returned_sqlstate, v_message = message_text;
    if left(v_code, 2) in ('40', '53', '55', '57', '58', 'XX') then
      raise;
    end if;
    insert into loyalty.accrual_failure as f (
      casino_id, rating_slip_id, player_id, sqlstate, message, correlation_id
    )
    values (
      slip.casino_id, slip.rating_slip_id, slip.player_id, v_code, v_message,
      actor.correlation_id
    )
    on conflict (casino_id, rating_slip_id) do update
    set sqlstate = excluded.sqlstate, message = excluded.message,
      attempts = f.attempts + 1, last_attempt_at = now();
    if v_failure.rating_slip_id is null then
      perform loyalty._queue_recovery(slip.rating_slip_id, actor.correlation_id);
    end if;
    return loyalty._slip_outcome(
      slip, 'pending', null, null, coalesce(v_failure.correlation_id, actor.correlation_id)
    );
  end;

  if v_failure.rating_slip_id is not null and v_failure.resolved_at is null then
    update loyalty.accrual_failure as f
    set resolved_at = now(), attempts = f.attempts + 1, last_attempt_at = now()
    where f.casino_id = slip.casino_id and f.rating_slip_id = slip.rating_slip_id;
  end if;
  return v_outcome;
end
$$;

alter function loyalty.accrue_rating_slip(identity.actor, floor.slip_telemetry)
owner to loyalty_service;
revoke all on function loyalty.accrue_rating_slip(identity.actor, floor.slip_telemetry)
from public;
grant execute on function loyalty.accrue_rating_slip(identity.actor, floor.slip_telemetry)
to floor_service;

comment on function loyalty.accrue_rating_slip(identity.actor, floor.slip_telemetry) is
  'Posts what a closed slip earned, once, and says awarded, replayed or pending. For floor''s '
  'functions only. Raises errors of classes 40, 53, 55, 57, 58 and XX; every other failure is '
  'pending.';
