-- A case goes to another person: an unknown person's, back to them. Its filed versions stay as
-- they were filed.

create or replace function compliance._move_case(moved compliance.ctr_case, patron_id uuid)
returns void
language sql
volatile
begin atomic
  update compliance.ctr_case as c
  set patron_id = _move_case.patron_id
  where c.casino_id = identity._casino() and c.case_id = moved.case_id;
end;

alter function compliance._move_case(compliance.ctr_case, uuid) owner to compliance_service;
revoke all on function compliance._move_case(compliance.ctr_case, uuid) from public;

comment on function compliance._move_case(compliance.ctr_case, uuid) is
  'Makes a case another patron''s.';
