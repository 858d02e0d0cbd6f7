-- One import of a legacy export, from its first staged row to its end or its undoing. An export is
-- known by the contents of its files: the same again is the same batch, which goes on where it
-- stopped. Only its state and its counters move.

set local role pit_owner;

create table ops.import_batch (
  casino_id integer not null references identity.casino on delete restrict,
  import_batch_id uuid not null default uuidv7(),
  export_fingerprint bytea not null,
  folder text not null,
  state text not null default 'staging',
  correlation_id text not null,
  players_enrolled integer not null default 0,
  rows_to_post bigint not null default 0,
  posted_through bigint not null default 0,
  posted bigint not null default 0,
  replayed bigint not null default 0,
  skipped bigint not null default 0,
  undone_through bigint not null default 0,
  undone bigint not null default 0,
  players_left bigint not null default 0,
  undo_reason text,
  undone_by uuid,
  created_at timestamptz not null default now(),
  staged_at timestamptz,
  finished_at timestamptz,
  undone_at timestamptz,
  halfway bigint not null default 0,
  first_half_through bigint not null default 0,
  second_half_through bigint not null default 0,
  undo_correlation_id text,
  primary key (casino_id, import_batch_id),
  constraint state_is_known check (
    state = any ('{staging,posting,finished,undoing,partly_undone,undone}')
  ),
  constraint posting_ends_with_the_last_row check (posted_through <= rows_to_post),
  constraint halves_end_where_they_meet check (
    first_half_through <= halfway and halfway <= second_half_through
    and second_half_through <= rows_to_post
    and posted_through = first_half_through + second_half_through - halfway
  ),
  constraint what_is_finished_is_posted check (
    (state in ('staging', 'posting')) = (finished_at is null)
    and (finished_at is null or posted_through = rows_to_post)
  ),
  constraint undoing_has_a_reason check (
    (state = any ('{undoing,partly_undone,undone}')) = (undo_reason is not null)
    and (state = 'undone') = (undone_at is not null)
  )
);

create unique index export_is_one_batch_until_undone
on ops.import_batch (casino_id, export_fingerprint)
where state <> 'undone';

alter table ops.import_batch enable row level security;
alter table ops.import_batch force row level security;

create policy manage_all on ops.import_batch to pit_owner using (true);
create policy select_own_casino on ops.import_batch for select to pit_staff
using (
  casino_id = (select identity.current_casino_id())
  and (select identity.session_may('import:run'))
);
create policy serve_own_casino on ops.import_batch for select to ops_service
using (casino_id = identity._casino());
create policy insert_own_casino on ops.import_batch for insert to ops_service
with check (casino_id = identity._casino());
create policy update_own_casino on ops.import_batch for update to ops_service
using (casino_id = identity._casino()) with check (casino_id = identity._casino());

grant select on ops.import_batch to pit_staff;
grant select, insert on ops.import_batch to ops_service;
grant update (
  state, players_enrolled, rows_to_post, posted_through, halfway, first_half_through,
  second_half_through, posted, replayed, skipped,
  undone_through, undone, players_left, undo_reason, undone_by, staged_at, finished_at, undone_at,
  undo_correlation_id
) on ops.import_batch to ops_service;

reset role;

comment on table ops.import_batch is 'One import of a legacy export and how far it is.';
comment on column ops.import_batch.export_fingerprint is 'SHA-256 of the contents of its files.';
comment on column ops.import_batch.folder is 'Where the files were read, for people.';
comment on column ops.import_batch.state is
  'staging, posting, finished; undoing, partly_undone or undone once it is rolled back.';
comment on column ops.import_batch.correlation_id is
  'Of the request that began it: on every ledger entry that it posted, but for those of retries.';
comment on column ops.import_batch.rows_to_post is
  'Rows that passed the checks that need no balance.';
comment on column ops.import_batch.posted_through is 'How many of them were tried.';
comment on column ops.import_batch.halfway is
  'Position after which the second half begins, with a player; both are posted side by side.';
comment on column ops.import_batch.first_half_through is
  'Position of the last row of the first half that was tried.';
comment on column ops.import_batch.second_half_through is
  'Position of the last row of the second half that was tried; halfway before the first.';
comment on column ops.import_batch.posted is 'Rows that made a ledger entry, retried ones too.';
comment on column ops.import_batch.replayed is
  'Rows that were known: twice in the files, or imported before.';
comment on column ops.import_batch.skipped is 'Slips that don''t qualify for posting.';
comment on column ops.import_batch.undone_through is 'Position up to which entries are reversed.';
comment on column ops.import_batch.undone is 'Entries that were reversed.';
comment on column ops.import_batch.undo_correlation_id is
  'Of the request that asked to roll it back: on every entry that does so.';
comment on column ops.import_batch.players_left is
  'Players who have spent what they would have to give back; their entries stand.';
