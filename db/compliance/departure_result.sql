-- What leaving a table gives back. How much rode there is no sum of a day: it lay on the table as
-- the bet that was told, so every role that makes entries may see it.

create type compliance.departure_result as (
  patron compliance.patron,
  ended_amount numeric(14, 2),
  replayed boolean
);

alter type compliance.departure_result owner to pit_owner;

comment on type compliance.departure_result is
  'The patron, what rode and has ended (null when nothing rode), and whether it is an earlier '
  'result given again.';
