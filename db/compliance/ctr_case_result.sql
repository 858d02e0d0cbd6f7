-- What the steps of a case's life give back: the case as it is after the step. The case itself is
-- the key: a step that was taken is not taken again.

create type compliance.ctr_case_result as (
  ctr_case compliance.ctr_case,
  replayed boolean
);

alter type compliance.ctr_case_result owner to pit_owner;

comment on type compliance.ctr_case_result is
  'The case as it is now, and whether the step had been taken before.';
