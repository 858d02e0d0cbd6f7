-- Where cash is handled, as the cash log knows it. The same for every casino, so it has no casino;
-- on a cluster it is a reference table.

set local role pit_owner;

create table compliance.mtl_area (
  area text primary key,
  label text not null,
  sort_no integer not null,
  constraint area_is_a_word check (area ~ '^[a-z]+(_[a-z]+)*$')
);

grant select on compliance.mtl_area to compliance_service, pit_staff, pit_auditor;

insert into compliance.mtl_area (area, label, sort_no)
values
('pit', 'Pit', 1),
('cage', 'Cage', 2),
('slot', 'Slot', 3),
('poker', 'Poker', 4),
('kiosk', 'Kiosk', 5),
('sportsbook', 'Sportsbook', 6),
('other', 'Other', 7);

reset role;

comment on table compliance.mtl_area is 'Areas of a casino in which cash changes hands.';
comment on column compliance.mtl_area.sort_no is 'Place in a list to choose from.';
