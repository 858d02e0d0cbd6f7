-- What describing a person gives back. Without sums, so that it can be given to every role that
-- makes entries.

create type compliance.patron_result as (
  patron compliance.patron,
  replayed boolean
);

alter type compliance.patron_result owner to pit_owner;

comment on type compliance.patron_result is
  'The patron, and whether it is an earlier result given again.';
