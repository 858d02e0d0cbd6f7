-- A leaf of the tree of a seal: a player, the number of the newest entry and its hash. Leaves and
-- inner nodes begin with another byte, so that none can stand for the other (RFC 9162).

create or replace function ops._merkle_leaf(player_id uuid, entry_no bigint, entry_hash bytea)
returns bytea
language sql
immutable
return sha256('\x00' || uuid_send(player_id) || int8send(entry_no) || entry_hash);

alter function ops._merkle_leaf(uuid, bigint, bytea) owner to ops_service;
revoke all on function ops._merkle_leaf(uuid, bigint, bytea) from public;

comment on function ops._merkle_leaf(uuid, bigint, bytea) is
  'SHA-256 of 00, the 16 bytes of the player, the 8 of the number (big endian) and the 32 of the '
  'hash.';
