-- One line of an access review: a person, a capability, where it comes from, and who answers for
-- it.

create type identity.access_line as (
  staff_id uuid,
  username text,
  display_name text,
  role text,
  active boolean,
  capability text,
  source text,
  held boolean,
  reason text,
  given_by uuid,
  given_by_name text,
  since timestamptz
);

alter type identity.access_line owner to pit_owner;

comment on type identity.access_line is
  'A capability of a person: brought by the role, added, or withdrawn (then not held); who did it, '
  'why, and since when.';
