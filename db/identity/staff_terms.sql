-- What an administrator may choose from: the roles that a person may have, and all
-- capabilities.

create type identity.staff_terms as (
  roles text[],
  capabilities text[]
);

alter type identity.staff_terms owner to pit_owner;

comment on type identity.staff_terms is 'Roles that a person may be given, and all capabilities.';
