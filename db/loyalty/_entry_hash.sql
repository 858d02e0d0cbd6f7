-- One link of a player's chain: the hash before, the place in the ledger and the content. A
-- changed, removed or inserted entry no longer fits the hashes that follow.

create or replace function loyalty._entry_hash(
  previous_hash bytea,
  entry_no bigint,
  balance_before bigint,
  balance_after bigint,
  tier_before text,
  tier_after text,
  digest bytea
) returns bytea
language sql
stable
return sha256(
  previous_hash
  || convert_to(
    json_build_array(
      entry_no, balance_before, balance_after, tier_before, tier_after, encode(digest, 'hex')
    )::text,
    'UTF8'
  )
);

alter function loyalty._entry_hash(bytea, bigint, bigint, bigint, text, text, bytea)
owner to loyalty_service;
revoke all on function loyalty._entry_hash(bytea, bigint, bigint, bigint, text, text, bytea)
from public;

comment on function loyalty._entry_hash(bytea, bigint, bigint, bigint, text, text, bytea) is
  'SHA-256 over the previous entry''s hash and the JSON array of entry number, balances, tiers '
  'and the digest (hex) of loyalty._entry_digest.';
