-- A campaign that adds points to what play earns: a window, a factor, whom and what it is for, and
-- a budget that is never exceeded. What it promises doesn't change once it is written; a draft
-- gives nothing until a second person publishes it. The row is the lock under which its budget is
-- used.

set local role pit_owner;

create table loyalty.promotion (
  casino_id integer not null references identity.casino on delete restrict,
  promotion_id uuid not null default uuidv7(),
  name text not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  multiplier numeric(6, 3) not null,
  budget bigint not null,
  game_codes text[],
  table_ids uuid[],
  tiers text[],
  points_awarded bigint not null default 0,
  slips_awarded integer not null default 0,
  created_by uuid not null,
  created_at timestamptz not null default now(),
  published_by uuid,
  published_at timestamptz,
  ended_by uuid,
  ended_at timestamptz,
  end_reason text,
  correlation_id text not null,
  idempotency_key text not null,
  request_fingerprint bytea not null,
  primary key (casino_id, promotion_id),
  constraint key_makes_one_promotion unique (casino_id, idempotency_key),
  constraint name_is_not_blank check (btrim(name) <> ''),
  constraint window_ends_after_it_begins check (starts_at < ends_at),
  constraint multiplier_adds_points check (multiplier > 1),
  constraint budget_is_never_exceeded check (
    budget > 0 and points_awarded between 0 and budget and slips_awarded >= 0
  ),
  constraint scope_names_something check (
    cardinality(game_codes) > 0 and cardinality(table_ids) > 0 and cardinality(tiers) > 0
  ),
  constraint nobody_publishes_their_own check (published_by <> created_by),
  constraint publishing_has_who_and_when check (num_nonnulls(published_by, published_at) <> 1),
  constraint ending_has_who_when_and_why check (
    num_nonnulls(ended_by, ended_at, end_reason) in (0, 3)
  ),
  constraint only_published_ones_award check (points_awarded = 0 or published_at is not null)
) with (fillfactor = 70);

-- An accrual asks for the campaigns that run at a moment; those that are over are most of them.
create index promotion_published on loyalty.promotion (casino_id, ends_at)
where published_at is not null;

alter table loyalty.promotion enable row level security;
alter table loyalty.promotion force row level security;

create policy manage_all on loyalty.promotion to pit_owner using (true);
create policy select_own_casino on loyalty.promotion for select to pit_staff
using (casino_id = (select identity.current_casino_id()));
create policy serve_own_casino on loyalty.promotion for select to loyalty_service
using (casino_id = identity._casino());
create policy insert_own_casino on loyalty.promotion for insert to loyalty_service
with check (casino_id = identity._casino());
create policy update_own_casino on loyalty.promotion for update to loyalty_service
using (casino_id = identity._casino()) with check (casino_id = identity._casino());

grant select, insert on loyalty.promotion to loyalty_service;
grant update (
  points_awarded, slips_awarded, published_by, published_at, ended_by, ended_at, end_reason
) on loyalty.promotion to loyalty_service;
grant select on loyalty.promotion to pit_staff;

reset role;

comment on table loyalty.promotion is
  'A campaign: while it runs, slips in its scope earn a PROMOTION entry beside their points.';
comment on column loyalty.promotion.name is
  'What staff call it; the reason of the entries that it makes.';
comment on column loyalty.promotion.starts_at is 'Slips that close from then on take part.';
comment on column loyalty.promotion.ends_at is 'Slips that close before then take part.';
comment on column loyalty.promotion.multiplier is
  'What a slip''s points come to with the campaign, as a factor: 2 is as much again.';
comment on column loyalty.promotion.budget is 'Most points that it may give in all.';
comment on column loyalty.promotion.game_codes is 'Games that take part; null: all.';
comment on column loyalty.promotion.table_ids is 'Tables that take part; null: all.';
comment on column loyalty.promotion.tiers is
  'Tiers, as held before the accrual, that take part; null: all.';
comment on column loyalty.promotion.points_awarded is 'Points given so far, of the budget.';
comment on column loyalty.promotion.slips_awarded is 'Slips that have got points so far.';
comment on column loyalty.promotion.published_by is
  'The second person, without whom it gives nothing.';
comment on column loyalty.promotion.ended_at is
  'When somebody stopped it early, or discarded the draft.';
