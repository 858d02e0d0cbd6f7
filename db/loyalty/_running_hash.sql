-- A player's chain of hashes entry by entry, in one pass over many. An aggregate, to be used as a
-- window function.

create or replace aggregate loyalty._running_hash(last_entry_hash bytea, content bytea) (
  sfunc = loyalty._add_link,
  stype = bytea
);

alter aggregate loyalty._running_hash(bytea, bytea) owner to loyalty_service;
revoke all on function loyalty._running_hash(bytea, bytea) from public;

comment on aggregate loyalty._running_hash(bytea, bytea) is
  'Previous and own hash of each entry in the window''s order, the first chained to the player''s '
  'last one: 64 bytes.';
