-- The tier above a player's own: what a host names when a guest asks how far it is. A field of the
-- standing, since which tiers are in force is the database's to say.

create type loyalty.next_tier as (
  tier text,
  points bigint
);

alter type loyalty.next_tier owner to pit_owner;

comment on type loyalty.next_tier is
  'A tier in force that isn''t reached yet, and the lifetime points that are missing.';
