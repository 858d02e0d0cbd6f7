-- A reward that needs a second person: asked for here, in the ledger only once it is approved. Its
-- key is checked together with the ledger's, so that one intention is either of the two.

set local role pit_owner;

create table loyalty.reward_request (
  casino_id integer not null,
  reward_request_id uuid not null default uuidv7(),
  player_id uuid not null,
  points bigint not null,
  reason text not null,
  rating_slip_id uuid,
  visit_id uuid,
  status text not null default 'pending',
  requested_by uuid not null,
  correlation_id text not null,
  idempotency_key text not null,
  request_fingerprint bytea not null,
  gaming_day date not null,
  occurred_at timestamptz not null,
  created_at timestamptz not null default now(),
  primary key (casino_id, reward_request_id),
  foreign key (casino_id, player_id) references loyalty.player_loyalty on delete restrict,
  constraint key_asks_once unique (casino_id, idempotency_key),
  constraint points_are_positive check (points > 0),
  constraint status_is_known check (status in ('pending', 'approved', 'declined', 'expired'))
);

create index reward_request_player on loyalty.reward_request (casino_id, player_id);
create index reward_request_pace
on loyalty.reward_request (casino_id, requested_by, created_at);

alter table loyalty.reward_request enable row level security;
alter table loyalty.reward_request force row level security;

create policy manage_all on loyalty.reward_request to pit_owner using (true);
create policy select_own_casino on loyalty.reward_request for select to pit_staff
using (casino_id = (select identity.current_casino_id()));
create policy serve_own_casino on loyalty.reward_request for select to loyalty_service
using (casino_id = identity._casino());
create policy insert_own_casino on loyalty.reward_request for insert to loyalty_service
with check (casino_id = identity._casino());

grant select, insert on loyalty.reward_request to loyalty_service;
grant select on loyalty.reward_request to pit_staff;

reset role;

comment on table loyalty.reward_request is
  'A manual reward at or above the approval threshold, waiting for another person.';
comment on column loyalty.reward_request.status is 'pending, approved, declined or expired.';
comment on column loyalty.reward_request.requested_by is 'Who asked; never who approves.';
