-- What became of every event that a floor system sent. An event is known by its key and content:
-- the same again has the same outcome without being evaluated again, so that sending a file
-- twice, or again after a crash, always ends in the same state.

set local role pit_owner;

create table ops.ingested_event (
  casino_id integer not null references identity.casino on delete restrict,
  event_key text not null,
  request_fingerprint bytea not null,
  ingested_event_id uuid not null default uuidv7(),
  event_type text not null,
  outcome text not null,
  code text,
  player_id uuid,
  visit_id uuid,
  rating_slip_id uuid,
  entry_no bigint,
  correlation_id text not null,
  created_at timestamptz not null default now(),
  patron_id uuid,
  mtl_entry_id uuid,
  primary key (casino_id, event_key, request_fingerprint),
  constraint outcome_is_applied_or_refused check (outcome in ('applied', 'refused')),
  constraint only_a_refusal_has_a_code check ((outcome = 'refused') = (code is not null))
);

create unique index key_is_applied_once on ops.ingested_event (casino_id, event_key)
where outcome = 'applied';
create index ingested_event_slip on ops.ingested_event (casino_id, rating_slip_id)
where rating_slip_id is not null;

-- Follows a request to its rows (ops.trace). A Bloom filter for each range of pages, because it
-- costs the write path next to nothing.
create index ingested_event_request on ops.ingested_event
using brin (correlation_id text_bloom_ops) with (autosummarize = on);

alter table ops.ingested_event enable row level security;
alter table ops.ingested_event force row level security;

create policy manage_all on ops.ingested_event to pit_owner using (true);
create policy serve_own_casino on ops.ingested_event for select to ops_service
using (casino_id = identity._casino());
create policy insert_own_casino on ops.ingested_event for insert to ops_service
with check (casino_id = identity._casino());

grant select, insert on ops.ingested_event to ops_service;

create trigger ingested_event_is_append_only
before update or delete or truncate on ops.ingested_event
for each statement execute function ops._append_only('OPIMM');
alter table ops.ingested_event enable always trigger ingested_event_is_append_only;

reset role;

comment on table ops.ingested_event is
  'Outcome of every event of a floor system''s feed, by key and content.';
comment on column ops.ingested_event.request_fingerprint is
  'SHA-256 of the event''s JSON, whatever the order of its fields.';
comment on column ops.ingested_event.code is 'Name of the error that refused it.';
comment on column ops.ingested_event.rating_slip_id is
  'The slip that the event opened, changed or closed (after a move: the closed one).';
comment on column ops.ingested_event.entry_no is 'The ledger entry that the event posted.';
comment on column ops.ingested_event.patron_id is
  'The patron whose cash it was, or whom the event described or identified.';
comment on column ops.ingested_event.mtl_entry_id is
  'The cash entry that the event wrote; of a correction the one that now stands, null when voided.';
