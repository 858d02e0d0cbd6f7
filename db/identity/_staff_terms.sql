-- Roles and capabilities that may be given to people: what the two domains allow, less the account
-- of a floor system. A test keeps both lists equal to the domains.

create or replace function identity._staff_terms() returns identity.staff_terms
language sql
immutable
return row(
  array[
    'dealer', 'floor_supervisor', 'pit_boss', 'cashier', 'compliance_officer', 'marketing',
    'auditor', 'admin'
  ],
  array[
    'floor:rate', 'floor:backdate', 'loyalty:award', 'loyalty:approve', 'loyalty:adjust',
    'loyalty:reverse', 'loyalty:redeem', 'loyalty:view_all', 'loyalty:configure', 'mtl:create',
    'mtl:view', 'mtl:review', 'ctr:file', 'audit:view', 'staff:manage', 'import:run'
  ]
)::identity.staff_terms;

alter function identity._staff_terms() owner to identity_service;
revoke all on function identity._staff_terms() from public;

comment on function identity._staff_terms() is
  'Roles that a person may be given, and all capabilities.';
