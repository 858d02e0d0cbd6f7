-- A member of staff as an administrator sees them: what they may do, where that differs from their
-- role, and how their account stands.

create type identity.staff_account as (
  staff_id uuid,
  username text,
  display_name text,
  role text,
  licence_no text,
  active boolean,
  capabilities text[],
  added text[],
  withdrawn text[],
  has_password boolean,
  must_change_password boolean,
  locked_until timestamptz,
  last_signed_in_at timestamptz,
  open_sessions integer,
  role_since timestamptz,
  added_at timestamptz,
  signs_in boolean,
  changeable boolean
);

alter type identity.staff_account owner to pit_owner;

comment on type identity.staff_account is
  'A member of staff with role, capabilities, exceptions from the role, and the account''s state. '
  'signs_in: false for dealers. changeable: not the signed-in person''s own account.';
