-- What identifying an unknown person, or undoing it, gives back. What it did to cases is read
-- there, by those who may see them.

create type compliance.identification_result as (
  patron_link compliance.patron_link,
  replayed boolean
);

alter type compliance.identification_result owner to pit_owner;

comment on type compliance.identification_result is
  'The link between unknown person and player, and whether it is an earlier result given again.';
