-- Points times a weight that nobody can know beforehand, for sums over many players: two
-- differences don't make up for each other, and one alone always shows. What is too large for a
-- product is cut off; then the sums don't come out, and players are looked at one by one.

create or replace function loyalty._weighed(player_id uuid, points bigint, salt bigint)
returns bigint
language sql
immutable
parallel safe
return least(greatest(points, -4398046511104), 4398046511104)
  * ((uuid_hash_extended(player_id, salt) & 1048575) + 1);

alter function loyalty._weighed(uuid, bigint, bigint) owner to loyalty_service;
revoke all on function loyalty._weighed(uuid, bigint, bigint) from public;

comment on function loyalty._weighed(uuid, bigint, bigint) is
  'Points times 1 to 2^20, by player and salt.';
