-- How play becomes points, and what floor staff may give: versions that are never changed.
-- Parameters instead of formulas: pt1 and theo of domain.md section 3 are two rows of one
-- formula. A version is in force from effective_from until the next one; a version without that
-- date is known but not in force.

set local role pit_owner;

create table loyalty.loyalty_policy (
  casino_id integer not null references identity.casino on delete restrict,
  loyalty_policy_id uuid not null default uuidv7(),
  name text not null,
  version integer not null,
  effective_from timestamptz,
  round_decisions boolean not null,
  apply_tier_multiplier boolean not null,
  seat_bonus_rate numeric(6, 4) not null,
  full_table_seats integer not null default 7,
  volume_bonus numeric(6, 4) not null,
  rounding text not null,
  reward_limit bigint not null default 10000,
  reward_reason_length integer not null default 10,
  rewards_per_minute integer not null default 10,
  approval_threshold bigint not null default 5000,
  created_at timestamptz not null default now(),
  points_valid_days integer,
  cost_per_point numeric(10, 6) not null default 0.01,
  breakage_rate numeric(5, 4) not null default 0,
  staff_day_limit bigint,
  player_day_limit bigint,
  request_hours integer not null default 72,
  loyalty_draft_id uuid,
  primary key (casino_id, loyalty_policy_id),
  foreign key (casino_id, loyalty_draft_id) references loyalty.loyalty_draft on delete restrict,
  constraint version_is_unique_for_its_name unique (casino_id, name, version),
  constraint one_policy_at_a_time unique (casino_id, effective_from),
  constraint name_is_not_blank check (btrim(name) <> ''),
  constraint bonuses_never_reduce check (seat_bonus_rate >= 0 and volume_bonus >= 1),
  constraint full_table_has_seats check (full_table_seats > 0),
  constraint rounding_is_half_up_or_floor check (rounding in ('half_up', 'floor')),
  constraint reward_limits_are_positive check (
    reward_limit > 0 and reward_reason_length > 0
    and rewards_per_minute > 0 and approval_threshold > 0
  ),
  constraint day_limits_are_positive check (staff_day_limit > 0 and player_day_limit > 0),
  constraint requests_have_time_to_be_decided check (request_hours > 0),
  constraint points_are_good_for_a_day_at_least check (points_valid_days > 0),
  constraint cost_and_breakage_make_sense check (
    cost_per_point >= 0 and breakage_rate between 0 and 1
  )
);

create index loyalty_policy_draft on loyalty.loyalty_policy (casino_id, loyalty_draft_id);

alter table loyalty.loyalty_policy enable row level security;
alter table loyalty.loyalty_policy force row level security;

create policy manage_all on loyalty.loyalty_policy to pit_owner using (true);
create policy select_own_casino on loyalty.loyalty_policy for select to pit_staff
using (
  casino_id = (select identity.current_casino_id())
  and (select identity.session_may('loyalty:view_all'))
);
create policy serve_own_casino on loyalty.loyalty_policy for select to loyalty_service
using (casino_id = identity._casino());
create policy insert_own_casino on loyalty.loyalty_policy for insert to loyalty_service
with check (casino_id = identity._casino());

grant select, insert on loyalty.loyalty_policy to loyalty_service;
grant select on loyalty.loyalty_policy to pit_staff;

create trigger loyalty_policy_is_append_only
before update or delete or truncate on loyalty.loyalty_policy
for each statement execute function ops._append_only('OPIMM');
alter table loyalty.loyalty_policy enable always trigger loyalty_policy_is_append_only;

reset role;

comment on table loyalty.loyalty_policy is
  'A version of the rules that turn play into points. Never changed: slips refer to it.';
comment on column loyalty.loyalty_policy.effective_from is
  'In force from then on, until the next version; the first from -infinity; null: not in force.';
comment on column loyalty.loyalty_policy.round_decisions is
  'True: decisions are rounded half-up before use; false: seconds / 3600 x pace, exact.';
comment on column loyalty.loyalty_policy.apply_tier_multiplier is
  'Whether points are multiplied by the tier held before the accrual.';
comment on column loyalty.loyalty_policy.seat_bonus_rate is
  'Bonus for each seat fewer than full_table_seats: 0.05 is 5 percent a seat, 0 is none.';
comment on column loyalty.loyalty_policy.volume_bonus is
  'Factor when decisions exceed the game''s decisions per hour: 1.1 is 10 percent, 1 is none.';
comment on column loyalty.loyalty_policy.rounding is
  'How points are rounded, once, at the end: half_up or floor.';
comment on column loyalty.loyalty_policy.reward_limit is 'Most points of one manual reward.';
comment on column loyalty.loyalty_policy.reward_reason_length is
  'Fewest characters of a manual reward''s reason.';
comment on column loyalty.loyalty_policy.rewards_per_minute is
  'Most manual rewards of one person in any 60 seconds.';
comment on column loyalty.loyalty_policy.approval_threshold is
  'A manual reward of this many points or more needs a second person.';
comment on column loyalty.loyalty_policy.staff_day_limit is
  'Most points of one person''s manual rewards in a gaming day; null: no limit.';
comment on column loyalty.loyalty_policy.player_day_limit is
  'Most points of manual rewards to one player in a gaming day; null: no limit.';
comment on column loyalty.loyalty_policy.request_hours is
  'Hours in which a request is to be decided; then it expires.';
comment on column loyalty.loyalty_policy.loyalty_draft_id is
  'The draft that it was: who wrote it, who published it, and why. Null: from the property file.';
comment on column loyalty.loyalty_policy.points_valid_days is
  'Points expire when so many gaming days have passed since the one they were earned on; null: '
  'never.';
comment on column loyalty.loyalty_policy.cost_per_point is
  'Dollars that a redeemed point costs the house.';
comment on column loyalty.loyalty_policy.breakage_rate is
  'Share of the outstanding points that is assumed never to be redeemed: 0.15 is 15 percent.';
