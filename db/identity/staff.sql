-- The people (and feed accounts) of a casino. Passwords are elsewhere (staff_secret), so that
-- whoever may read names can't read hashes. Rows are never deleted: records refer to them.

set local role pit_owner;

create table identity.staff (
  casino_id integer not null references identity.casino on delete restrict,
  staff_id uuid not null default uuidv7(),
  username text not null,
  display_name text not null,
  role identity.staff_role not null,
  active boolean not null default true,
  created_at timestamptz not null default now(),
  capabilities text[] not null default '{}',
  licence_no text,
  role_since timestamptz not null default now(),
  role_given_by uuid,
  primary key (casino_id, staff_id),
  constraint username_is_unique_in_its_casino unique (casino_id, username),
  constraint username_is_lowercase check (username ~ '^[a-z0-9][a-z0-9._-]{1,63}$'),
  constraint display_name_is_not_blank check (btrim(display_name) <> '')
);

alter table identity.staff enable row level security;
alter table identity.staff force row level security;

create policy manage_all on identity.staff to pit_owner using (true);
create policy select_own_casino on identity.staff for select to pit_staff
using (casino_id = (select identity.current_casino_id()));
create policy serve_own_casino on identity.staff for select to identity_service
using (casino_id = identity._casino());
create policy insert_own_casino on identity.staff for insert to identity_service
with check (casino_id = identity._casino());
create policy update_own_casino on identity.staff for update to identity_service
using (casino_id = identity._casino()) with check (casino_id = identity._casino());

grant select, insert on identity.staff to identity_service;
grant update (
  display_name, role, active, capabilities, licence_no, role_since, role_given_by
)
on identity.staff to identity_service;
grant select on identity.staff to pit_staff;

reset role;

comment on table identity.staff is 'A member of staff, or the account of a floor system''s feed.';
comment on column identity.staff.username is 'Name used at sign-in, unique in its casino.';
comment on column identity.staff.capabilities is
  'What this person may do, of role_capability and staff_permission; kept by triggers, never by '
  'hand (identity._keep_capabilities).';
comment on column identity.staff.active is 'False: signs in no more; sessions end at once.';
comment on column identity.staff.licence_no is
  'Number of the gaming licence, stamped on the cash entries that this person witnesses.';
comment on column identity.staff.role_since is 'Since when the person has this role.';
comment on column identity.staff.role_given_by is
  'Who gave the role; null where it came over the owner''s connection.';
