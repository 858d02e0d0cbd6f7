-- One step of loyalty._running_hash: the link that follows the one before, or for the first of a
-- window the player's last one. Both hashes are its result, so that nobody has to look back. In
-- plpgsql, which is called for each row in less than half the time.

create or replace function loyalty._add_link(
  link bytea,
  last_entry_hash bytea,
  content bytea
) returns bytea
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_previous bytea := coalesce(substr(link, 33), last_entry_hash);
begin
  return v_previous || sha256(v_previous || content);
end
$$;

alter function loyalty._add_link(bytea, bytea, bytea) owner to loyalty_service;
revoke all on function loyalty._add_link(bytea, bytea, bytea) from public;

comment on function loyalty._add_link(bytea, bytea, bytea) is
  'Hash of the entry before and of the next one, as loyalty._entry_hash computes it: 64 bytes.';
