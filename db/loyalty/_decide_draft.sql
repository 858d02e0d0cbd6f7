-- Writes what became of a draft and who decided it, and gives it back: the only change that a
-- draft ever sees.

create or replace function loyalty._decide_draft(
  actor identity.actor,
  loyalty_draft_id uuid,
  status text,
  reason text default null
) returns loyalty.loyalty_draft
language sql
volatile
begin atomic
  update loyalty.loyalty_draft as d
  set status = _decide_draft.status, decided_by = actor.staff_id, decided_at = now(),
    decision_reason = _decide_draft.reason,
    decision_correlation_id = actor.correlation_id
  where d.casino_id = identity._casino()
    and d.loyalty_draft_id = _decide_draft.loyalty_draft_id
  returning d.*;
end;

alter function loyalty._decide_draft(identity.actor, uuid, text, text) owner to loyalty_service;
revoke all on function loyalty._decide_draft(identity.actor, uuid, text, text) from public;

comment on function loyalty._decide_draft(identity.actor, uuid, text, text) is
  'Marks a draft published or withdrawn by the caller.';
