-- Rules in the making: parameters of a policy, a list of tiers, or both, as one person wrote them
-- and another decides. A draft never changes, so what is published is what was looked at; to change
-- one, withdraw it and write the next. Only its decision is added.

set local role pit_owner;

create table loyalty.loyalty_draft (
  casino_id integer not null references identity.casino on delete restrict,
  loyalty_draft_id uuid not null default uuidv7(),
  policy jsonb,
  tiers jsonb,
  effective_from timestamptz,
  note text not null,
  status text not null default 'open',
  drafted_by uuid not null,
  drafted_at timestamptz not null default now(),
  correlation_id text not null,
  idempotency_key text not null,
  request_fingerprint bytea not null,
  decided_by uuid,
  decided_at timestamptz,
  decision_reason text,
  decision_correlation_id text,
  primary key (casino_id, loyalty_draft_id),
  foreign key (casino_id, drafted_by) references identity.staff on delete restrict,
  foreign key (casino_id, decided_by) references identity.staff on delete restrict,
  constraint key_drafts_once unique (casino_id, idempotency_key),
  constraint draft_says_something check (policy is not null or tiers is not null),
  constraint policy_is_an_object check (jsonb_typeof(policy) = 'object'),
  constraint tiers_are_a_list check (jsonb_typeof(tiers) = 'array'),
  constraint note_is_not_blank check (btrim(note) <> ''),
  constraint draft_status_is_known check (status in ('open', 'published', 'withdrawn')),
  constraint draft_is_decided_or_open check (
    (status = 'open') = (decided_by is null and decided_at is null)
  ),
  constraint nobody_publishes_their_own_draft check (
    status <> 'published' or decided_by <> drafted_by
  )
);

create index loyalty_draft_author on loyalty.loyalty_draft (casino_id, drafted_by);
create index loyalty_draft_decider on loyalty.loyalty_draft (casino_id, decided_by);

alter table loyalty.loyalty_draft enable row level security;
alter table loyalty.loyalty_draft force row level security;

create policy manage_all on loyalty.loyalty_draft to pit_owner using (true);
create policy select_own_casino on loyalty.loyalty_draft for select to pit_staff
using (
  casino_id = (select identity.current_casino_id())
  and (select identity.session_may('loyalty:view_all'))
);
create policy serve_own_casino on loyalty.loyalty_draft for select to loyalty_service
using (casino_id = identity._casino());
create policy insert_own_casino on loyalty.loyalty_draft for insert to loyalty_service
with check (casino_id = identity._casino());
create policy update_own_casino on loyalty.loyalty_draft for update to loyalty_service
using (casino_id = identity._casino()) with check (casino_id = identity._casino());

grant select, insert on loyalty.loyalty_draft to loyalty_service;
grant update (status, decided_by, decided_at, decision_reason, decision_correlation_id)
on loyalty.loyalty_draft to loyalty_service;
grant select on loyalty.loyalty_draft to pit_staff;

reset role;

comment on table loyalty.loyalty_draft is
  'A policy or tiers in the making: written by one person, published or withdrawn by a decision.';
comment on column loyalty.loyalty_draft.policy is
  'Every parameter that the policy version would have; null: the policy stays as it is.';
comment on column loyalty.loyalty_draft.tiers is
  'List of tier, threshold_points and multiplier; null: the tiers stay as they are.';
comment on column loyalty.loyalty_draft.effective_from is
  'When it shall be in force; null: from the moment of publishing.';
comment on column loyalty.loyalty_draft.note is 'Why the rules shall change.';
comment on column loyalty.loyalty_draft.status is 'open, published or withdrawn.';
comment on column loyalty.loyalty_draft.decided_by is
  'Who published it, never its author, or who withdrew it.';
