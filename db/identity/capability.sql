-- What a person may do is named by capabilities; roles bring some of them (role_capability) and
-- single ones can be added or withdrawn per person (staff_permission); docs/reference/domain.md.

create domain identity.capability as text
constraint is_a_known_capability check (value in (
  'floor:rate', 'floor:backdate',
  'loyalty:award', 'loyalty:approve', 'loyalty:adjust', 'loyalty:reverse', 'loyalty:redeem',
  'loyalty:view_all', 'loyalty:configure',
  'mtl:create', 'mtl:view', 'mtl:review', 'ctr:file',
  'audit:view', 'staff:manage', 'import:run'
));

alter domain identity.capability owner to pit_owner;

comment on domain identity.capability is 'Something a person may do, such as floor:rate.';
