-- One link of a player's chain: the hash before and the content. A changed, removed or inserted
-- entry no longer fits the hashes that follow.

create or replace function loyalty._entry_hash(previous_hash bytea, content bytea) returns bytea
language sql
immutable
parallel safe
return sha256(previous_hash || content);

alter function loyalty._entry_hash(bytea, bytea) owner to loyalty_service;
revoke all on function loyalty._entry_hash(bytea, bytea) from public;

comment on function loyalty._entry_hash(bytea, bytea) is
  'SHA-256 over the previous entry''s hash and the content of loyalty._entry_content.';
