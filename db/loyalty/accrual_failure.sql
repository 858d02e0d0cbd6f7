-- A completed slip whose points could not be posted: the slip stays closed, nothing is lost, and
-- this row says so until the award has succeeded. A slip is pending exactly while its row is
-- unresolved.

set local role pit_owner;

create table loyalty.accrual_failure (
  casino_id integer not null,
  rating_slip_id uuid not null,
  player_id uuid not null,
  sqlstate text not null,
  message text not null,
  correlation_id text not null,
  attempts integer not null default 1,
  created_at timestamptz not null default now(),
  last_attempt_at timestamptz not null default now(),
  resolved_at timestamptz,
  primary key (casino_id, rating_slip_id),
  foreign key (casino_id, player_id) references loyalty.player_loyalty on delete restrict,
  constraint attempts_count_from_1 check (attempts > 0)
);

create index accrual_failure_player on loyalty.accrual_failure (casino_id, player_id);
create index accrual_failure_pending on loyalty.accrual_failure (casino_id, created_at)
where resolved_at is null;

alter table loyalty.accrual_failure enable row level security;
alter table loyalty.accrual_failure force row level security;

create policy manage_all on loyalty.accrual_failure to pit_owner using (true);
create policy select_own_casino on loyalty.accrual_failure for select to pit_staff
using (casino_id = (select identity.current_casino_id()));
create policy serve_own_casino on loyalty.accrual_failure for select to loyalty_service
using (casino_id = identity._casino());
create policy insert_own_casino on loyalty.accrual_failure for insert to loyalty_service
with check (casino_id = identity._casino());
create policy update_own_casino on loyalty.accrual_failure for update to loyalty_service
using (casino_id = identity._casino()) with check (casino_id = identity._casino());

grant select, insert on loyalty.accrual_failure to loyalty_service;
grant update (sqlstate, message, attempts, last_attempt_at, resolved_at)
on loyalty.accrual_failure to loyalty_service;
grant select on loyalty.accrual_failure to pit_staff;

reset role;

comment on table loyalty.accrual_failure is
  'A closed slip whose points are still to be posted, with the reason.';
comment on column loyalty.accrual_failure.sqlstate is 'Error code of the last failed attempt.';
comment on column loyalty.accrual_failure.message is 'Sentence of the last failed attempt.';
comment on column loyalty.accrual_failure.correlation_id is
  'Id of the request that completed the slip; the entry posted later carries it too.';
comment on column loyalty.accrual_failure.resolved_at is 'When the award succeeded.';
