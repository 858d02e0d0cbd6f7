-- What the roles bring at a new casino: the table of domain.md section 7. Copied into the casino's
-- own rows, where the house may decide otherwise.

create or replace function identity._seed_role_capabilities()
returns table (role text, capabilities text[])
language sql
immutable
begin atomic
  select role, string_to_array(capabilities, ' ')
  from (values
    ('floor_supervisor', 'floor:rate loyalty:award mtl:create'),
    ('pit_boss', 'floor:rate floor:backdate loyalty:award loyalty:approve loyalty:redeem '
      || 'mtl:create mtl:view'),
    ('cashier', 'loyalty:redeem mtl:create mtl:view'),
    ('compliance_officer', 'mtl:create mtl:view mtl:review ctr:file audit:view'),
    ('marketing', 'loyalty:view_all loyalty:configure loyalty:adjust loyalty:reverse '
      || 'loyalty:approve'),
    ('auditor', 'loyalty:view_all mtl:view mtl:review audit:view'),
    ('admin', 'staff:manage import:run audit:view loyalty:view_all')
  ) as seed (role, capabilities);
end;

alter function identity._seed_role_capabilities() owner to identity_service;
revoke all on function identity._seed_role_capabilities() from public;

comment on function identity._seed_role_capabilities() is
  'Capabilities that each role brings when a casino is set up (domain.md section 7).';
