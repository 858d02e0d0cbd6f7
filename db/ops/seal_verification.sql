-- What verifying the seals finds: also how many there are, so that "nothing wrong" can't mean
-- "nothing sealed".

create type ops.seal_verification as (
  seals bigint,
  intact boolean,
  problems_found bigint,
  problems ops.seal_problem[]
);

alter type ops.seal_verification owner to pit_owner;

comment on type ops.seal_verification is
  'How many seals were verified, whether all of them hold, and the first 1000 problems.';
