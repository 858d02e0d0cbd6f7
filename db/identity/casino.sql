-- A casino is the unit of separation: every key begins with its id, every row is seen by its own
-- staff only. It also holds what one property decides for all divisions: the time zone and the
-- hour at which its gaming day begins (domain.md section 1).

set local role pit_owner;

create table identity.casino (
  casino_id integer primary key,
  code text not null,
  name text not null,
  timezone text not null default 'America/Los_Angeles',
  gaming_day_start interval not null default '06:00',
  session_idle_timeout interval not null default '30 minutes',
  session_lifetime interval not null default '12 hours',
  sign_in_attempts integer not null default 5,
  sign_in_lock interval not null default '15 minutes',
  created_at timestamptz not null default now(),
  long_pause interval not null default '20 minutes',
  long_slip interval not null default '6 hours',
  visit_idle_limit interval not null default '24 hours',
  session_retention interval not null default '30 days',
  job_retention interval not null default '30 days',
  constraint casino_id_is_positive check (casino_id > 0),
  constraint code_is_short_and_in_capitals check (code ~ '^[A-Z0-9]{2,12}$'),
  constraint name_is_not_blank check (btrim(name) <> ''),
  constraint gaming_day_starts_within_the_day
  check (gaming_day_start >= '0' and gaming_day_start < '24 hours'),
  constraint timeouts_are_positive check (
    session_idle_timeout > '0' and session_lifetime > '0'
    and sign_in_attempts > 0 and sign_in_lock > '0'
  ),
  constraint attention_limits_are_positive check (long_pause > '0' and long_slip > '0'),
  constraint limits_of_recurring_jobs_are_positive check (
    visit_idle_limit > '0' and session_retention > '0' and job_retention > '0'
  )
);

-- Sign-in looks a casino up by its code. The casino list is small and shared: on a cluster it is
-- a reference table, so this is the one unique index without the casino's id.
create unique index one_casino_per_code on identity.casino (code);

alter table identity.casino enable row level security;
alter table identity.casino force row level security;

create policy manage_all on identity.casino to pit_owner using (true);
create policy find_by_code on identity.casino for select to identity_service using (true);
create policy insert_own_casino on identity.casino for insert to identity_service
with check (casino_id = identity._casino());
create policy update_own_casino on identity.casino for update to identity_service
using (casino_id = identity._casino()) with check (casino_id = identity._casino());
create policy select_own_casino on identity.casino for select to pit_staff
using (casino_id = (select identity.current_casino_id()));

grant select, insert on identity.casino to identity_service;
grant update (name, timezone, gaming_day_start) on identity.casino to identity_service;
grant select on identity.casino to pit_staff;

reset role;

comment on table identity.casino is
  'A property. Its id begins every key; its staff see its rows and no others.';
comment on column identity.casino.code is 'Short name used at sign-in and in files (LVD).';
comment on column identity.casino.timezone is 'IANA zone in which the gaming day is reckoned.';
comment on column identity.casino.gaming_day_start is
  'Local time at which a gaming day begins, as an interval after midnight.';
comment on column identity.casino.session_idle_timeout is
  'A session ends when it was not used for this long.';
comment on column identity.casino.session_lifetime is
  'A session ends this long after signing in, however busy it is.';
comment on column identity.casino.sign_in_attempts is
  'Failed sign-ins in a row that lock an account.';
comment on column identity.casino.sign_in_lock is 'How long a locked account stays locked.';
comment on column identity.casino.long_pause is
  'A pause that lasts this long is shown on the pit board as needing attention.';
comment on column identity.casino.long_slip is
  'A slip that is open for this long is shown on the pit board as needing attention.';
comment on column identity.casino.visit_idle_limit is
  'A visit in which nothing was recorded for this long is closed by ops/close_stale_visits.';
comment on column identity.casino.session_retention is
  'Sessions and tickets are removed by ops/purge when they ended this long ago.';
comment on column identity.casino.job_retention is
  'Jobs that were given up are removed by ops/purge when their last attempt is this long ago.';
