-- One figure for whoever watches the house: a name, labels that tell figures of that name apart,
-- and a number. Counts and ages only; nothing that is about a person.

create type ops.metric as (
  name text,
  labels jsonb,
  value double precision
);

alter type ops.metric owner to pit_owner;

comment on type ops.metric is
  'A figure for monitoring: its name without the prefix pitledger_, its labels as an object of '
  'texts, and its value.';
