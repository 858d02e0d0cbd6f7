-- The bounded contexts are schemas. Tables belong to pit_owner; each context's functions belong
-- to its service role, which holds exactly the grants that its functions need. Nothing is
-- granted to public, neither now nor by default.

create schema identity authorization pit_owner;
create schema floor authorization pit_owner;
create schema loyalty authorization pit_owner;
create schema compliance authorization pit_owner;
create schema ops authorization pit_owner;

alter default privileges revoke execute on functions from public;
alter default privileges for role pit_owner revoke execute on functions from public;

grant usage on schema identity, floor, loyalty, compliance, ops
to pit_visitor, pit_staff, pit_auditor, pit_gateway, pit_worker,
  identity_service, floor_service, loyalty_service, compliance_service, ops_service;

comment on schema identity is 'Who is asking? Casinos, staff, capabilities, sessions.';
comment on schema floor is 'What happened? Tables, players, visits, rating slips and events.';
comment on schema loyalty is 'What was it worth? Policies, tiers, balances, the points ledger.';
comment on schema compliance is 'What must be reported? Cash log and currency reports.';
comment on schema ops is 'Is it still true? Ingestion, errors, jobs.';
