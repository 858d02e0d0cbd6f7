-- What cash log entries are paid with; only currency is summed. The same for every casino, so it
-- has no casino; on a cluster it is a reference table.

set local role pit_owner;

create table compliance.mtl_tender (
  tender text primary key,
  label text not null,
  sort_no integer not null,
  constraint tender_is_a_word check (tender ~ '^[a-z]+(_[a-z]+)*$')
);

grant select on compliance.mtl_tender to compliance_service, pit_staff, pit_auditor;

insert into compliance.mtl_tender (tender, label, sort_no)
values
('currency', 'Currency', 1),
('chips', 'Chips', 2),
('check', 'Check', 3),
('wire', 'Wire', 4),
('ticket', 'Ticket', 5),
('other', 'Other', 6);

reset role;

comment on table compliance.mtl_tender is 'What a transaction in the cash log is paid with.';
comment on column compliance.mtl_tender.sort_no is 'Place in a list to choose from.';
