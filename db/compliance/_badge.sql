-- How close a sum is to having to be reported, for those who may know: from the log floor on it is
-- watched, over 90 % of the threshold it is near, over the threshold it is reportable.

create or replace function compliance._badge(
  total numeric,
  thresholds compliance.threshold_policy
) returns text
language sql
immutable
return case
  when total > thresholds.ctr_threshold then 'reportable'
  when total > thresholds.ctr_threshold * 0.9 then 'near'
  when total >= thresholds.log_floor then 'watch'
  else 'none'
end;

alter function compliance._badge(numeric, compliance.threshold_policy) owner to compliance_service;
revoke all on function compliance._badge(numeric, compliance.threshold_policy) from public;

comment on function compliance._badge(numeric, compliance.threshold_policy) is
  'none, watch, near or reportable: badge of a sum in one direction.';
