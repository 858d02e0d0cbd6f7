-- What counts now, in one row for each casino: the limits of the policy in force and the steps of
-- the tiers in force, until the next version of either begins. A copy of loyalty_policy and
-- loyalty_tier, written anew in the transaction that adds a version (loyalty._renew_terms), so
-- that an award reads one row. Outside valid_from to valid_until the versions themselves are asked.

set local role pit_owner;

create table loyalty.terms_in_force (
  casino_id integer not null references identity.casino on delete restrict,
  valid_from timestamptz not null,
  valid_until timestamptz not null,
  loyalty_policy_id uuid not null,
  reward_limit bigint not null,
  reward_reason_length integer not null,
  rewards_per_minute integer not null,
  approval_threshold bigint not null,
  free_limit bigint not null,
  tiers text[] not null,
  tier_floors bigint[] not null,
  staff_day_limit bigint,
  player_day_limit bigint,
  request_hours integer not null,
  standings_as_of timestamptz not null default now(),
  primary key (casino_id),
  foreign key (casino_id, loyalty_policy_id) references loyalty.loyalty_policy on delete restrict,
  constraint it_ends_after_it_begins check (valid_from < valid_until),
  constraint every_tier_has_its_floor check (cardinality(tiers) = cardinality(tier_floors))
);

create index terms_in_force_policy on loyalty.terms_in_force (casino_id, loyalty_policy_id);

alter table loyalty.terms_in_force enable row level security;
alter table loyalty.terms_in_force force row level security;

create policy manage_all on loyalty.terms_in_force to pit_owner using (true);
create policy serve_own_casino on loyalty.terms_in_force for select to loyalty_service
using (casino_id = identity._casino());
create policy insert_own_casino on loyalty.terms_in_force for insert to loyalty_service
with check (casino_id = identity._casino());
create policy update_own_casino on loyalty.terms_in_force for update to loyalty_service
using (casino_id = identity._casino()) with check (casino_id = identity._casino());

grant select, insert on loyalty.terms_in_force to loyalty_service;
grant update (
  valid_from, valid_until, loyalty_policy_id, reward_limit, reward_reason_length,
  rewards_per_minute, approval_threshold, free_limit, tiers, tier_floors, staff_day_limit,
  player_day_limit, request_hours, standings_as_of
) on loyalty.terms_in_force to loyalty_service;

reset role;

comment on table loyalty.terms_in_force is
  'Copy of the policy''s limits and the tiers in force at a casino now, for the write path. The '
  'truth is in loyalty_policy and loyalty_tier.';
comment on column loyalty.terms_in_force.valid_until is
  'When the next version of policy or tiers begins; infinity when none is planned.';
comment on column loyalty.terms_in_force.free_limit is
  'The most points of one reward against which nothing has to be asked but the pace: 0 when there '
  'is a limit of a gaming day.';
comment on column loyalty.terms_in_force.tiers is 'Tiers from the lowest up.';
comment on column loyalty.terms_in_force.tier_floors is
  'Lifetime points from which each of tiers begins; the first is 0.';
comment on column loyalty.terms_in_force.standings_as_of is
  'When everybody''s tier was last set to the tiers in force (loyalty._move_standings).';
