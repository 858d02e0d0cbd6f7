-- A merged case is a case of its own again, in the state it had. Settling the day decides whether
-- it is still needed.

create or replace function compliance._revive_case(merged compliance.ctr_case) returns void
language sql
volatile
begin atomic
  update compliance.ctr_case as c
  set state = merged.state_before_merge,
    closed_reason = case
      when merged.state_before_merge = 'closed'
        then 'Neither sum was over the threshold any more.'
    end,
    state_before_merge = null,
    merged_into_case_id = null,
    merged_by_link_id = null,
    state_changed_at = now()
  where c.casino_id = identity._casino() and c.case_id = merged.case_id;
end;

alter function compliance._revive_case(compliance.ctr_case) owner to compliance_service;
revoke all on function compliance._revive_case(compliance.ctr_case) from public;

comment on function compliance._revive_case(compliance.ctr_case) is
  'Takes a merged case out of the one that it was merged into.';
