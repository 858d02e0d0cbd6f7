-- What a command about a member of staff gives back: the person as they are now, and whether
-- everything was so already.

create type identity.staff_result as (
  staff identity.staff,
  replayed boolean
);

alter type identity.staff_result owner to pit_owner;

comment on type identity.staff_result is
  'The member of staff; replayed when the call changed nothing because it was so already.';
