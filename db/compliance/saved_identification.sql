-- What saving an identification gives back: what is still missing, no figure of money and none of
-- the data, because the one who writes it down may not be one who may read it.

create type compliance.saved_identification as (
  patron_id uuid,
  version integer,
  missing text[],
  replayed boolean
);

alter type compliance.saved_identification owner to pit_owner;

comment on type compliance.saved_identification is
  'The person whose identification was saved, its version, the fields that a report still needs, '
  'and whether it is an earlier result given again.';
