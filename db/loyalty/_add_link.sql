-- One step of loyalty._running_hash: the link that follows the one before, or for the first of a
-- window the player's last one.

create or replace function loyalty._add_link(
  entry_hash bytea,
  last_entry_hash bytea,
  content bytea
) returns bytea
language sql
immutable
return sha256(coalesce(entry_hash, last_entry_hash) || content);

alter function loyalty._add_link(bytea, bytea, bytea) owner to loyalty_service;
revoke all on function loyalty._add_link(bytea, bytea, bytea) from public;

comment on function loyalty._add_link(bytea, bytea, bytea) is
  'Hash of the next entry, as loyalty._entry_hash computes it.';
