-- Which campaign a PROMOTION entry belongs to: at most one for each campaign and slip, as the key
-- of this table says. The points themselves are in the ledger, to which no foreign key leads: it
-- would answer in the ledger's place when somebody tries to truncate it.

set local role pit_owner;

create table loyalty.promotion_award (
  casino_id integer not null,
  promotion_id uuid not null,
  rating_slip_id uuid not null,
  player_id uuid not null,
  entry_no bigint not null,
  points bigint not null,
  primary key (casino_id, promotion_id, rating_slip_id),
  foreign key (casino_id, promotion_id) references loyalty.promotion on delete restrict,
  constraint entry_belongs_to_one_promotion unique (casino_id, player_id, entry_no),
  constraint points_are_positive check (points > 0)
);

create index promotion_award_slip on loyalty.promotion_award (casino_id, rating_slip_id);

alter table loyalty.promotion_award enable row level security;
alter table loyalty.promotion_award force row level security;

create policy manage_all on loyalty.promotion_award to pit_owner using (true);
create policy select_own_casino on loyalty.promotion_award for select to pit_staff
using (casino_id = (select identity.current_casino_id()));
create policy serve_own_casino on loyalty.promotion_award for select to loyalty_service
using (casino_id = identity._casino());
create policy insert_own_casino on loyalty.promotion_award for insert to loyalty_service
with check (casino_id = identity._casino());

grant select, insert on loyalty.promotion_award to loyalty_service;
grant select on loyalty.promotion_award to pit_staff;

create trigger promotion_award_is_append_only
before update or delete or truncate on loyalty.promotion_award
for each statement execute function ops._append_only('OPIMM');
alter table loyalty.promotion_award enable always trigger promotion_award_is_append_only;

reset role;

comment on table loyalty.promotion_award is
  'What a campaign gave for a slip: the PROMOTION entry of the player''s ledger.';
comment on column loyalty.promotion_award.entry_no is 'The PROMOTION entry in the ledger.';
comment on column loyalty.promotion_award.points is 'Points of that entry.';
