-- A person's job at a casino. It brings capabilities (role_capability) and nothing else: what a
-- person may do is always asked of the capability. the table of roles.

create domain identity.staff_role as text
constraint is_a_known_role check (value in (
  'dealer', 'floor_supervisor', 'pit_boss', 'cashier', 'compliance_officer', 'marketing',
  'auditor', 'admin', 'sender'
));

alter domain identity.staff_role owner to pit_owner;

comment on domain identity.staff_role is
  'A person''s job. dealer never signs in; sender is the account of a floor system''s feed.';
