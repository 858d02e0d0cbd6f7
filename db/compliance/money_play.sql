-- Currency that rides on a table as a bet. What is said each time is the total riding; what counts
-- is what came on top, so what already rides has to be known per person and table until they leave
-- it: another table, the end of the slip, or leaves_table. Times are those of the bets, not of
-- their writing, so that a feed sent late gives the same increases.

set local role pit_owner;

create table compliance.money_play (
  casino_id integer not null,
  money_play_id uuid not null default uuidv7(),
  patron_id uuid not null,
  table_id uuid not null,
  amount numeric(14, 2) not null,
  counted numeric(18, 2) not null,
  started_at timestamptz not null,
  last_at timestamptz not null,
  ended_at timestamptz,
  ended_by text,
  correlation_id text not null,
  primary key (casino_id, money_play_id),
  foreign key (casino_id, patron_id) references compliance.patron on delete restrict,
  foreign key (casino_id, table_id) references floor.gaming_table on delete restrict,
  constraint what_rides_is_not_negative check (amount >= 0 and counted >= 0),
  constraint it_lasts_from_first_to_last check (started_at <= last_at),
  constraint an_end_has_its_reason check ((ended_at is null) = (ended_by is null)),
  constraint it_ends_in_a_known_way check (ended_by in ('table', 'slip', 'left'))
);

create index money_play_patron on compliance.money_play (casino_id, patron_id, started_at);
-- What rides now is few rows however many have ended.
create index money_play_riding on compliance.money_play (casino_id, patron_id)
where ended_at is null;
create index money_play_table on compliance.money_play (casino_id, table_id);

alter table compliance.money_play enable row level security;
alter table compliance.money_play force row level security;

create policy manage_all on compliance.money_play to pit_owner using (true);
create policy serve_own_casino on compliance.money_play for select to compliance_service
using (casino_id = identity._casino());
create policy insert_own_casino on compliance.money_play for insert to compliance_service
with check (casino_id = identity._casino());
create policy update_own_casino on compliance.money_play for update to compliance_service
using (casino_id = identity._casino()) with check (casino_id = identity._casino());

grant select, insert on compliance.money_play to compliance_service;
grant update (amount, counted, started_at, last_at, ended_at, ended_by)
on compliance.money_play to compliance_service;

reset role;

comment on table compliance.money_play is
  'Currency riding as a bet for one patron at one table, from the first bet until they leave.';
comment on column compliance.money_play.amount is
  'This patron''s part of what rides; a person''s total is the sum over their linked rows.';
comment on column compliance.money_play.counted is
  'What was entered under it. More than what rides when the bet was lowered.';
comment on column compliance.money_play.last_at is 'When the total riding was last told.';
comment on column compliance.money_play.ended_by is
  'table: seen at another table; slip: the rating slip ended; left: leaves_table.';
