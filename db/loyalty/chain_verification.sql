-- What verifying the ledger finds: also how much was looked at, so that "nothing wrong" can't mean
-- "nothing looked at".

create type loyalty.chain_verification as (
  players bigint,
  entries bigint,
  intact boolean,
  problems_found bigint,
  problems loyalty.chain_problem[]
);

alter type loyalty.chain_verification owner to pit_owner;

comment on type loyalty.chain_verification is
  'How many players and entries were verified, whether all of them fit, and the first 1000 '
  'problems.';
