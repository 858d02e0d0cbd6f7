-- Who of the staff signs in at all: a dealer is a name on the records of a table, and a floor
-- system's account sends with a key of its own. Asked wherever it matters, and by screens.

create function identity.staff_signs_in(staff identity.staff) returns boolean
language sql
immutable
return staff.role not in ('dealer', 'sender');

alter function identity.staff_signs_in(identity.staff) owner to identity_service;
revoke all on function identity.staff_signs_in(identity.staff) from public;
grant execute on function identity.staff_signs_in(identity.staff) to pit_staff;

comment on function identity.staff_signs_in(identity.staff) is
  'Whether a member of staff with this role ever signs in; null when there is nobody.';
