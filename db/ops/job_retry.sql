-- Who put a failed job back into the queue. The row is the key's memory: the same key again gives
-- the same retry. The queue itself forgets a job that succeeded.

set local role pit_owner;

create table ops.job_retry (
  casino_id integer not null references identity.casino on delete restrict,
  job_retry_id uuid not null default uuidv7(),
  job_id bigint not null,
  task text not null,
  attempts integer not null,
  last_error text,
  idempotency_key text,
  staff_id uuid not null,
  correlation_id text not null,
  created_at timestamptz not null default now(),
  primary key (casino_id, job_retry_id),
  constraint key_is_used_once unique (casino_id, idempotency_key)
);

alter table ops.job_retry enable row level security;
alter table ops.job_retry force row level security;

create policy manage_all on ops.job_retry to pit_owner using (true);
create policy select_own_casino on ops.job_retry for select to pit_staff
using (
  casino_id = (select identity.current_casino_id())
  and (select identity.session_may('audit:view'))
);
create policy serve_own_casino on ops.job_retry for select to ops_service
using (casino_id = identity._casino());
create policy insert_own_casino on ops.job_retry for insert to ops_service
with check (casino_id = identity._casino());

grant select, insert on ops.job_retry to ops_service;
grant select on ops.job_retry to pit_staff;

create trigger job_retry_is_append_only
before update or delete or truncate on ops.job_retry
for each statement execute function ops._append_only('OPIMM');
alter table ops.job_retry enable always trigger job_retry_is_append_only;

reset role;

comment on table ops.job_retry is 'A failed job that somebody put back into the queue.';
comment on column ops.job_retry.attempts is 'How often it had been tried by then.';
comment on column ops.job_retry.last_error is 'Code of its last failure by then.';
