-- Why an entry has the points it has: a sum to follow, a paragraph to read out, and whether the sum
-- still gives what was posted.

create type loyalty.entry_explanation as (
  ledger_entry loyalty.loyalty_ledger,
  policy_name text,
  policy_version integer,
  recalculated_points bigint,
  agrees boolean,
  summary text,
  steps loyalty.explanation_step[]
);

alter type loyalty.entry_explanation owner to pit_owner;

comment on type loyalty.entry_explanation is
  'The entry; the policy version that priced it; the points recalculated from the record and '
  'whether they agree; one paragraph in English; the steps.';
