-- Which lifetime points make which tier, and what a tier multiplies: the only place with tier
-- thresholds. A version is the set of rows with one effective_from; versions are never changed.

set local role pit_owner;

create table loyalty.loyalty_tier (
  casino_id integer not null references identity.casino on delete restrict,
  effective_from timestamptz not null,
  threshold_points bigint not null,
  next_threshold_points bigint,
  tier text not null,
  multiplier numeric(6, 3) not null,
  loyalty_draft_id uuid,
  primary key (casino_id, effective_from, threshold_points),
  foreign key (casino_id, loyalty_draft_id) references loyalty.loyalty_draft on delete restrict,
  constraint tier_is_unique_in_its_version unique (casino_id, effective_from, tier),
  constraint next_tier_begins_above_this_one check (next_threshold_points > threshold_points),
  constraint threshold_is_not_negative check (threshold_points >= 0),
  constraint multiplier_never_reduces check (multiplier >= 1),
  constraint tier_is_in_capitals check (tier ~ '^[A-Z][A-Z0-9_]*$')
);

create index loyalty_tier_draft on loyalty.loyalty_tier (casino_id, loyalty_draft_id);

alter table loyalty.loyalty_tier enable row level security;
alter table loyalty.loyalty_tier force row level security;

create policy manage_all on loyalty.loyalty_tier to pit_owner using (true);
create policy select_own_casino on loyalty.loyalty_tier for select to pit_staff
using (casino_id = (select identity.current_casino_id()));
create policy serve_own_casino on loyalty.loyalty_tier for select to loyalty_service
using (casino_id = identity._casino());
create policy insert_own_casino on loyalty.loyalty_tier for insert to loyalty_service
with check (casino_id = identity._casino());

grant select, insert on loyalty.loyalty_tier to loyalty_service;
grant select on loyalty.loyalty_tier to pit_staff;

create trigger loyalty_tier_is_append_only
before update or delete or truncate on loyalty.loyalty_tier
for each statement execute function ops._append_only('OPIMM');
alter table loyalty.loyalty_tier enable always trigger loyalty_tier_is_append_only;

reset role;

comment on table loyalty.loyalty_tier is
  'Tiers by lifetime points. All rows with one effective_from are one version.';
comment on column loyalty.loyalty_tier.threshold_points is
  'Lifetime points from which the tier is held; the lowest tier has 0.';
comment on column loyalty.loyalty_tier.next_threshold_points is
  'Threshold of the version''s next tier, null for the top one: spares every award a look-up.';
comment on column loyalty.loyalty_tier.multiplier is
  'Factor on the points of a player who holds this tier, where the policy applies it.';
comment on column loyalty.loyalty_tier.loyalty_draft_id is
  'The draft that the version was; null: from the property file.';
