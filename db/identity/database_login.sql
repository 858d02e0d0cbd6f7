-- Binds a personal database login (an auditor with psql) to one casino. The policy looks the
-- login up by session_user, which nobody can change.

set local role pit_owner;

create table identity.database_login (
  casino_id integer not null references identity.casino on delete restrict,
  login_name name not null,
  created_at timestamptz not null default now(),
  primary key (casino_id, login_name)
);

create index database_login_name on identity.database_login (login_name);

alter table identity.database_login enable row level security;
alter table identity.database_login force row level security;

create policy manage_all on identity.database_login to pit_owner using (true);
create policy select_own_login on identity.database_login for select to identity_service
using (login_name = session_user);

grant select on identity.database_login to identity_service;

reset role;

comment on table identity.database_login is
  'Which casino a personal database login may read; it must also hold the role pit_auditor.';
