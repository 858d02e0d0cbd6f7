-- A balance that the old system claims and that its own history doesn't lead to, as the mismatch
-- report lists it.

create type ops.import_mismatch as (
  card_no text,
  claimed numeric,
  imported numeric,
  difference numeric
);

alter type ops.import_mismatch owner to pit_owner;

comment on type ops.import_mismatch is
  'A claimed balance beside the imported one; an unknown card has none, which is 0.';
