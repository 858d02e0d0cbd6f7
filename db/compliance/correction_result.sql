-- What a correction gives back: both entries it wrote. No sum is in it, as in what recording
-- gives back.

create type compliance.correction_result as (
  offset_entry compliance.mtl_entry,
  mtl_entry compliance.mtl_entry,
  replayed boolean,
  identification_needed boolean
);

alter type compliance.correction_result owner to pit_owner;

comment on type compliance.correction_result is
  'The offset, the replacement (null when the entry was voided), whether it is an earlier result '
  'given again, and whether the person has to be identified.';
