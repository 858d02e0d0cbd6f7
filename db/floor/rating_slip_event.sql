-- The record of a slip: timed events, written once. Everything else about a slip is computed
-- from them.

set local role pit_owner;

create table floor.rating_slip_event (
  casino_id integer not null,
  rating_slip_id uuid not null,
  event_no integer not null,
  event_id uuid not null default uuidv7(),
  event_type text not null,
  average_bet numeric(14, 2) not null,
  running boolean not null,
  occurred_at timestamptz not null,
  staff_id uuid,
  correlation_id text not null,
  created_at timestamptz not null default now(),
  primary key (casino_id, rating_slip_id, event_no),
  foreign key (casino_id, rating_slip_id) references floor.rating_slip on delete restrict,
  constraint event_no_counts_from_1 check (event_no > 0),
  constraint event_type_is_known check (
    event_type in ('opened', 'bet_observed', 'paused', 'resumed', 'moved', 'closed')
  ),
  constraint bet_is_not_negative check (average_bet >= 0)
);

-- Follows a request to its rows (ops.trace). A Bloom filter for each range of pages, because it
-- costs the write path next to nothing.
create index rating_slip_event_request on floor.rating_slip_event
using brin (correlation_id text_bloom_ops) with (autosummarize = on);

alter table floor.rating_slip_event enable row level security;
alter table floor.rating_slip_event force row level security;

create policy manage_all on floor.rating_slip_event to pit_owner using (true);
create policy select_own_casino on floor.rating_slip_event for select to pit_staff
using (casino_id = (select identity.current_casino_id()));
create policy serve_own_casino on floor.rating_slip_event for select to floor_service
using (casino_id = identity._casino());
create policy insert_own_casino on floor.rating_slip_event for insert to floor_service
with check (casino_id = identity._casino());

grant select, insert on floor.rating_slip_event to floor_service;
grant select on floor.rating_slip_event to pit_staff;

create trigger rating_slip_event_is_append_only
before update or delete or truncate on floor.rating_slip_event
for each statement execute function ops._append_only('OPIMM');
alter table floor.rating_slip_event
enable always trigger rating_slip_event_is_append_only;

reset role;

comment on table floor.rating_slip_event is
  'What happened on a slip, in order. A slip ends with closed, or with moved when play went on '
  'at another seat.';
comment on column floor.rating_slip_event.event_id is 'Orders events across slips.';
comment on column floor.rating_slip_event.average_bet is 'The bet in effect after the event.';
comment on column floor.rating_slip_event.running is
  'Whether time counts after the event: open and not paused.';
comment on column floor.rating_slip_event.staff_id is
  'Who told of it; null when nobody did and ops/close_stale_visits ended the slip.';
