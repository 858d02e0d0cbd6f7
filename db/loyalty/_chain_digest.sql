-- A place in a player's chain in 64 bits: after so many entries there is this balance and this
-- hash. Without the salt nobody can know the digests, so nobody can make entries whose digests
-- cancel each other out; whoever verifies draws a new one each time.

create or replace function loyalty._chain_digest(
  player_id uuid,
  entry_no bigint,
  balance bigint,
  entry_hash bytea,
  salt bigint
) returns bigint
language sql
immutable
parallel safe
return hashbyteaextended(entry_hash, uuid_hash_extended(player_id, salt # entry_no) # balance);

alter function loyalty._chain_digest(uuid, bigint, bigint, bytea, bigint) owner to loyalty_service;
revoke all on function loyalty._chain_digest(uuid, bigint, bigint, bytea, bigint) from public;

comment on function loyalty._chain_digest(uuid, bigint, bigint, bytea, bigint) is
  'Digest of a place in a player''s chain, under a salt that is drawn anew for every verification.';
