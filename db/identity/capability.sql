-- What a person may do is named by capabilities; roles bring some of them (role_capability) and
-- single ones can be added or withdrawn per person (staff_permission). domain.md section 7.

create domain identity.capability as text
constraint is_a_known_capability check (value in (
  'floor:rate', 'floor:backdate',
  'loyalty:award', 'loyalty:approve', 'loyalty:adjust', 'loyalty:reverse', 'loyalty:redeem',
  'loyalty:view_all', 'loyalty:configure',
  'mtl:create', 'mtl:view', 'mtl:review', 'ctr:file',
  'audit:view', 'staff:manage', 'import:run'
));

create domain identity.staff_role as text
constraint is_a_known_role check (value in (
  'dealer', 'floor_supervisor', 'pit_boss', 'cashier', 'compliance_officer', 'marketing',
  'auditor', 'admin', 'sender'
));

alter domain identity.capability owner to pit_owner;
alter domain identity.staff_role owner to pit_owner;

comment on domain identity.capability is 'Something a person may do, such as floor:rate.';
comment on domain identity.staff_role is
  'A person''s job. dealer never signs in; sender is the account of a floor system''s feed.';
