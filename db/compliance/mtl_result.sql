-- What recording cash gives back: what was written and whether the person must be identified. No
-- figure of what is already summed, because a patron is never told how much is left.

create type compliance.mtl_result as (
  mtl_entry compliance.mtl_entry,
  replayed boolean,
  identification_needed boolean,
  recorded_amount numeric(14, 2)
);

alter type compliance.mtl_result owner to pit_owner;

comment on type compliance.mtl_result is
  'The entry, null for a money play of what rides already; whether it is an earlier result given '
  'again; whether the person has to be identified; and the amount that was written (0 for none).';
