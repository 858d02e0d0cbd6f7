-- What a signed-in person may know about themselves; the shape of identity.me(). Capabilities are
-- listed so that a screen can leave out what would be refused.

create type identity.signed_in as (
  staff_id uuid,
  username text,
  display_name text,
  role text,
  capabilities text[],
  casino_id integer,
  casino_code text,
  casino_name text,
  timezone text,
  gaming_day date,
  session_idle_seconds integer
);

alter type identity.signed_in owner to pit_owner;

comment on type identity.signed_in is
  'The signed-in person, what they may do, the casino with its running gaming day, and how long '
  'the session lives unused.';
