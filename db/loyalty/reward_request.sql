-- Points that need a second person, a reward from the threshold on or an adjustment: asked for
-- here, in the ledger only once they are approved, under the same key. The key is checked together
-- with the ledger's, so that one intention is one request and at most one entry.

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
  kind text not null default 'reward',
  expires_at timestamptz not null,
  decided_by uuid,
  decided_at timestamptz,
  decision_reason text,
  decision_correlation_id text,
  entry_no bigint,
  primary key (casino_id, reward_request_id),
  foreign key (casino_id, player_id) references loyalty.player_loyalty on delete restrict,
  constraint key_asks_once unique (casino_id, idempotency_key),
  constraint status_is_known check (status in ('pending', 'approved', 'declined', 'expired')),
  constraint kind_is_known check (kind in ('reward', 'adjustment')),
  constraint a_reward_gives_points check (points > 0 or kind = 'adjustment' and points <> 0),
  constraint nobody_decides_their_own_request check (decided_by <> requested_by),
  constraint two_people_approve_or_decline check (
    (status in ('approved', 'declined')) = (decided_by is not null)
    and (status = 'pending') = (decided_at is null)
    and (status = 'approved') = (entry_no is not null)
  )
);

create index reward_request_player on loyalty.reward_request (casino_id, player_id);
create index reward_request_pace
on loyalty.reward_request (casino_id, requested_by, created_at);
-- What waits, and what has waited too long.
create index reward_request_waiting on loyalty.reward_request (casino_id, expires_at)
where status = 'pending';

alter table loyalty.reward_request enable row level security;
alter table loyalty.reward_request force row level security;

create policy manage_all on loyalty.reward_request to pit_owner using (true);
create policy select_own_casino on loyalty.reward_request for select to pit_staff
using (casino_id = (select identity.current_casino_id()));
create policy serve_own_casino on loyalty.reward_request for select to loyalty_service
using (casino_id = identity._casino());
create policy insert_own_casino on loyalty.reward_request for insert to loyalty_service
with check (casino_id = identity._casino());
create policy update_own_casino on loyalty.reward_request for update to loyalty_service
using (casino_id = identity._casino()) with check (casino_id = identity._casino());

grant select, insert on loyalty.reward_request to loyalty_service;
grant update (
  status, decided_by, decided_at, decision_reason, decision_correlation_id, entry_no
) on loyalty.reward_request to loyalty_service;
grant select on loyalty.reward_request to pit_staff;

reset role;

comment on table loyalty.reward_request is
  'A manual reward at or above the approval threshold, or an adjustment: points that another '
  'person approves or declines.';
comment on column loyalty.reward_request.points is 'Points to give; of an adjustment, signed.';
comment on column loyalty.reward_request.kind is 'reward or adjustment.';
comment on column loyalty.reward_request.expires_at is
  'Until when it can be decided: the policy''s request_hours after it was asked.';
comment on column loyalty.reward_request.decided_by is 'Who approved or declined it.';
comment on column loyalty.reward_request.decided_at is 'When it was decided, or expired.';
comment on column loyalty.reward_request.entry_no is
  'The ledger entry that it became once approved.';
comment on column loyalty.reward_request.status is 'pending, approved, declined or expired.';
comment on column loyalty.reward_request.requested_by is 'Who asked; never who approves.';
