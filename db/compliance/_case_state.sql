-- What became of a person's case of a gaming day, in a word, for the record of a rebuild, which
-- says how it was before and how it is afterwards.

create or replace function compliance._case_state(root uuid, gaming_day date) returns text
language sql
stable
return coalesce(
  (
    select c.state || case when c.amendment_due then ', amendment due' else '' end
    from compliance.ctr_case as c
    where c.casino_id = identity._casino()
      and c.patron_id = root
      and c.gaming_day = _case_state.gaming_day
      and c.state <> 'merged'
  ),
  'none'
);

alter function compliance._case_state(uuid, date) owner to compliance_service;
revoke all on function compliance._case_state(uuid, date) from public;

comment on function compliance._case_state(uuid, date) is
  'State of a person''s case of a gaming day, with whether an amendment is due; none without one.';
