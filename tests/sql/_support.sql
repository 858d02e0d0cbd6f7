-- Helpers of the tests, in a schema of their own that no migration knows. Both runners take this
-- file first (it sorts before the folders); it is the only one that commits. Everything that
-- the helpers make in a test is undone by the test's rollback. It also lets every role use
-- pgTAP, so that a test can ask as pit_staff.

begin;
set local client_min_messages to warning;

drop schema if exists tests cascade;
create schema tests;
grant usage on schema tests to public;
-- Functions that a test makes in this schema for itself can be called by whoever it signs in.
alter default privileges in schema tests grant execute on functions to public;

do $$
declare
  v_schema name := (
    select n.nspname
    from pg_extension as e
    join pg_namespace as n on n.oid = e.extnamespace
    where e.extname = 'pgtap'
  );
begin
  if v_schema is null then
    raise exception 'this database has no pgTAP'
      using hint = 'create schema pgtap; create extension pgtap schema pgtap;';
  end if;
  execute format('grant usage on schema %I to public', v_schema);
  execute format('grant execute on all functions in schema %I to public', v_schema);
  perform set_config('search_path', v_schema || ', public', true);
end
$$;

-- What the laws look at: the contexts, their relations and functions, and everybody who may be
-- somebody at run time. Only pit_owner, superusers and roles of other applications are left out.
create view tests.context as
select n.oid as namespace, n.nspname as schema, c.service
from (values
  ('identity', 'identity_service'), ('floor', 'floor_service'), ('loyalty', 'loyalty_service'),
  ('compliance', 'compliance_service'), ('ops', 'ops_service')
) as c (schema, service)
join pg_namespace as n on n.nspname = c.schema;

create view tests.relation as
select
  r.oid, c.schema, r.relname as name, c.schema || '.' || r.relname as full_name, r.relkind,
  c.service, r.relowner::regrole::text as owner, r.relrowsecurity, r.relforcerowsecurity,
  r.reloptions,
  exists (
    select from pg_attribute as a where a.attrelid = r.oid and a.attname = 'casino_id'
  ) as of_a_casino
from pg_class as r
join tests.context as c on c.namespace = r.relnamespace
where r.relkind in ('r', 'p', 'v', 'm', 'f');

create view tests.function as
select
  p.oid, c.schema, p.proname as name, p.oid::regprocedure::text as signature, c.service,
  p.proowner::regrole::text as owner, p.prosecdef as definer, p.proconfig as settings,
  p.provolatile as volatility,
  coalesce(nullif(p.prosrc, ''), pg_get_function_sqlbody(p.oid)) as source, p.proacl as acl,
  p.prorettype = 'trigger'::regtype as is_trigger
from pg_proc as p
join tests.context as c on c.namespace = p.pronamespace;

create view tests.runtime_role as
select r.rolname as name, r.oid
from pg_roles as r
where r.rolname in (
  'identity_service', 'floor_service', 'loyalty_service', 'compliance_service', 'ops_service',
  'pit_visitor', 'pit_staff', 'pit_gateway', 'pit_worker', 'pit_auditor'
)
union all
select 'public', 0;

-- Definer functions that somebody who serves no context may execute: the doors.
create view tests.entry_point as
select f.*, a.grantee::regrole::text as grantee
from tests.function as f
cross join lateral aclexplode(f.acl) as a
where f.definer
  and a.privilege_type = 'EXECUTE'
  and a.grantee::regrole::text not in (select c.service from tests.context as c)
  and f.owner <> a.grantee::regrole::text;

-- A property file: three tables, a game with the figures of the golden vectors, the seeded tiers.
create function tests.property(code text, changes jsonb default '{}') returns jsonb
language sql
immutable
return jsonb_build_object(
  'code', code, 'name', 'House of ' || code, 'policy', 'pt1',
  'timezone', 'America/Los_Angeles', 'gaming_day_start', '06:00',
  'games', '[
    {"code": "golden", "name": "Golden", "house_edge": 2.7, "decisions_per_hour": 60, "seats": 7},
    {"code": "craps", "name": "Craps", "house_edge": 1.58, "decisions_per_hour": 48, "seats": 14}
  ]'::jsonb,
  'tables', '[
    {"label": "T1", "pit": "A", "game": "golden", "seats": 7},
    {"label": "T2", "pit": "A", "game": "golden", "seats": 7},
    {"label": "C1", "pit": "B", "game": "craps", "seats": 14}
  ]'::jsonb,
  'tiers', '[
    {"tier": "BRONZE", "threshold_points": 0, "multiplier": 1},
    {"tier": "SILVER", "threshold_points": 10000, "multiplier": 1.25},
    {"tier": "GOLD", "threshold_points": 50000, "multiplier": 1.5},
    {"tier": "PLATINUM", "threshold_points": 100000, "multiplier": 2}
  ]'::jsonb,
  'thresholds', '{"log_floor": 3000, "ctr_threshold": 10000}'::jsonb
) || changes;

-- Sets a casino up; the helpers below work in the one that was set up last.
create function tests.casino(code text, changes jsonb default '{}') returns integer
language plpgsql
volatile
as $$
declare
  v_casino_id integer := (ops.load_casino(tests.property(code, changes))).casino_id;
  v_hash bytea := sha256(convert_to('feed ' || code, 'UTF8'));
begin
  perform identity.issue_sender_session(code, v_hash);
  perform set_config('tests.code', code, true);
  perform set_config('tests.casino_id', v_casino_id::text, true);
  perform set_config('tests.session_feed', v_casino_id || '.' || encode(v_hash, 'hex'), true);
  return v_casino_id;
end
$$;

create function tests.casino_id() returns integer
language sql
stable
return current_setting('tests.casino_id')::integer;

-- Adds a person with an open session to the casino; returns the session's claim.
create function tests.person(username text, role text default 'pit_boss') returns text
language plpgsql
volatile
as $$
declare
  v_staff_id uuid := identity.add_staff(
    current_setting('tests.code'), username, initcap(username), role
  );
  v_hash bytea := sha256(convert_to(username || ' ' || current_setting('tests.code'), 'UTF8'));
  v_claim text := tests.casino_id() || '.' || encode(v_hash, 'hex');
begin
  insert into identity.session (casino_id, staff_id, token_hash, idle_timeout, expires_at)
  values (tests.casino_id(), v_staff_id, v_hash, '30 minutes', now() + interval '12 hours');
  perform set_config('tests.session_' || username, v_claim, true);
  return v_claim;
end
$$;

-- From here on the statements of the test are this person's, as the gateway would run them.
create function tests.sign_in(username text) returns void
language plpgsql
volatile
as $$
begin
  perform set_config('pit.session', current_setting('tests.session_' || username), true);
  perform set_config('role', 'pit_staff', true);
end
$$;

-- From here on they are the superuser's again.
create function tests.sign_out() returns void
language plpgsql
volatile
as $$
begin
  perform set_config('pit.session', '', true);
  perform set_config('role', 'none', true);
end
$$;

-- A moment of a day long past, by the casino's clock.
create function tests.at(clock text, day text default '2025-03-03') returns timestamptz
language sql
stable
return (day || ' ' || clock || ' America/Los_Angeles')::timestamptz;

-- Sends events as the floor's feed would, whoever is signed in; returns their outcomes.
create function tests.feed(events jsonb) returns setof ops.ingested_outcome
language plpgsql
volatile
as $$
declare
  v_role text := current_setting('role');
  v_session text := current_setting('pit.session', true);
begin
  perform tests.sign_in('feed');
  return query select * from ops.ingest_events(events);
  perform set_config('role', v_role, true);
  perform set_config('pit.session', coalesce(v_session, ''), true);
end
$$;

-- One event; its outcome, or the name of what refused it.
create function tests.happens(key text, at timestamptz, type text, fields jsonb default '{}')
returns text
language sql
volatile
as $$
select coalesce(f.code, f.outcome)
from tests.feed(
  jsonb_build_array(jsonb_build_object('key', key, 'at', at, 'type', type) || fields)
) as f
$$;

create function tests.player_id(card text) returns uuid
language sql
stable
security definer
return (
  select p.player_id
  from floor.player as p
  where p.casino_id = tests.casino_id() and p.card_no = card
);

create function tests.table_id(label text) returns uuid
language sql
stable
security definer
return (
  select t.table_id
  from floor.gaming_table as t
  where t.casino_id = tests.casino_id() and t.label = table_id.label
);

create function tests.visit_id(card text) returns uuid
language sql
stable
security definer
return (
  select v.visit_id
  from floor.visit as v
  where v.casino_id = tests.casino_id() and v.player_id = tests.player_id(card)
  order by v.closed_at is null desc, v.opened_at desc
  limit 1
);

-- The player's running slip, else the one that ended last.
create function tests.slip_id(card text) returns uuid
language sql
stable
security definer
return (
  select s.rating_slip_id
  from floor.rating_slip as s
  where s.casino_id = tests.casino_id() and s.player_id = tests.player_id(card)
  order by s.state <> 'closed' desc, s.closed_at desc, s.rating_slip_id desc
  limit 1
);

create function tests.slip(card text) returns floor.rating_slip
language sql
stable
security definer
return (
  select s
  from floor.rating_slip as s
  where s.casino_id = tests.casino_id() and s.rating_slip_id = tests.slip_id(card)
);

create function tests.standing(card text) returns loyalty.player_loyalty
language sql
stable
security definer
return (
  select p
  from loyalty.player_loyalty as p
  where p.casino_id = tests.casino_id() and p.player_id = tests.player_id(card)
);

create function tests.entries(card text) returns setof loyalty.loyalty_ledger
language sql
stable
security definer
begin atomic
  select l.*
  from loyalty.loyalty_ledger as l
  where l.casino_id = tests.casino_id() and l.player_id = tests.player_id(card)
  order by l.entry_no;
end;

create function tests.policy(name text, changes jsonb default '{}')
returns loyalty.loyalty_policy
language sql
stable
security definer
begin atomic
  select (jsonb_populate_record(p, changes)).*
  from loyalty.loyalty_policy as p
  where p.casino_id = tests.casino_id() and p.name = policy.name
  order by p.version desc
  limit 1;
end;

-- Enrols a player, with points when asked for (in rewards of at most 10 000).
create function tests.player(card text, points integer default 0) returns uuid
language plpgsql
volatile
as $$
declare
  v_at timestamptz := tests.at('08:00');
  v_left integer := points;
begin
  if tests.happens(
    'enrol ' || card, v_at, 'player',
    jsonb_build_object(
      'card', card, 'first_name', 'Pat', 'last_name', card, 'birth_date', '1980-01-31'
    )
  ) <> 'applied' then
    raise exception 'the test''s player % was not enrolled', card;
  end if;
  while v_left > 0 loop
    if tests.happens(
      format('points %s %s', card, v_left), v_at, 'reward',
      jsonb_build_object(
        'card', card, 'points', least(v_left, 10000), 'reason', 'points to begin with'
      )
    ) <> 'applied' then
      raise exception 'the test''s player % got no points', card;
    end if;
    v_left := v_left - 10000;
  end loop;
  return tests.player_id(card);
end
$$;

-- Seats an enrolled player since some time ago, in a visit; returns the slip.
create function tests.seat(
  card text,
  table_label text default 'T1',
  seat integer default 1,
  bet numeric default 100,
  since interval default '1 hour'
) returns uuid
language plpgsql
volatile
as $$
declare
  v_outcome text := tests.happens(
    format('visit %s %s', card, since), now() - since, 'visit_opened',
    jsonb_build_object('card', card)
  );
begin
  v_outcome := tests.happens(
    format('seat %s %s %s %s', card, table_label, seat, since), now() - since, 'slip_opened',
    jsonb_build_object('card', card, 'table', table_label, 'seat', seat, 'average_bet', bet)
  );
  if v_outcome <> 'applied' then
    raise exception 'the test''s player % was not seated: %', card, v_outcome;
  end if;
  return tests.slip_id(card);
end
$$;

-- Cash over the counter, as the feed tells it: currency, at the cage, on a day long past. Gives the
-- outcome, or the name of what refused it.
create function tests.cash(
  card text,
  direction text,
  kind text,
  amount numeric,
  at timestamptz default tests.at('20:00'),
  changes jsonb default '{}',
  key text default gen_random_uuid()::text
) returns text
language sql
volatile
return tests.happens(
  key, at, 'cash',
  jsonb_build_object(
    'card', card, 'direction', direction, 'kind', kind, 'area', 'cage', 'tender', 'currency',
    'amount', amount
  ) || changes
);

-- The row of the cash log that stands for a player.
create function tests.patron_id(card text) returns uuid
language sql
stable
security definer
return (
  select p.patron_id
  from compliance.patron as p
  where p.casino_id = tests.casino_id() and p.player_id = tests.player_id(card)
);

create function tests.ctr_case(card text, day date default '2025-03-03')
returns compliance.ctr_case
language sql
stable
security definer
return (
  select c
  from compliance.ctr_case as c
  where c.casino_id = tests.casino_id()
    and c.patron_id = tests.patron_id(card)
    and c.gaming_day = day
    and c.state <> 'merged'
);

-- Everything that a report needs to know of a person, saved by whoever is signed in.
create function tests.identify(patron_id uuid, key text default gen_random_uuid()::text)
returns compliance.saved_identification
language sql
volatile
return compliance.save_identification(
  patron_id, key,
  last_name => 'Vance', first_name => 'Mara', birth_date => '1980-01-31',
  street => '12 Harbor Road', city => 'Reno', state => 'NV', postal_code => '89501',
  country => 'US', taxpayer_kind => 'ssn', taxpayer_number => '219-09-9998',
  id_type => 'drivers_license', id_number => 'NV-4471102', id_state => 'NV', id_country => 'US'
);

-- What a report says of the casino.
create function tests.filer() returns jsonb
language sql
immutable
return '{
  "legal_name": "Harbor Gaming LLC", "trade_name": "Harbor Casino", "ein": "12-1234567",
  "street": "1 Harbor Way", "city": "Las Vegas", "state": "NV", "postal_code": "89101",
  "contact_office": "Compliance Office", "contact_phone": "(702) 555-0100",
  "transmitter_tcc": "PHARBOR1"
}'::jsonb;

-- A patron of the cash log: a player by the card, an unknown person by the description.
create function tests.who(name text) returns uuid
language sql
stable
security definer
return coalesce(
  tests.patron_id(name),
  (
    select p.patron_id
    from compliance.patron as p
    where p.casino_id = tests.casino_id() and p.description = name
  )
);

-- Cash as staff enter it: currency, in the direction of its kind.
create function tests.enter(
  name text,
  kind text,
  amount numeric,
  at timestamptz default null,
  changes jsonb default '{}'
) returns compliance.mtl_result
language sql
volatile
return compliance.record_mtl_entry(
  patron_id => case when tests.player_id(name) is null then tests.who(name) end,
  player_id => tests.player_id(name),
  direction => coalesce(
    changes ->> 'direction',
    (
      select replace(k.direction, 'both', 'in')
      from compliance.mtl_kind as k
      where k.kind = enter.kind
    )
  ),
  kind => enter.kind,
  area => coalesce(changes ->> 'area', 'pit'),
  tender => coalesce(changes ->> 'tender', 'currency'),
  amount => enter.amount,
  idempotency_key => coalesce(changes ->> 'key', gen_random_uuid()::text),
  occurred_at => enter.at,
  table_id => tests.table_id(changes ->> 'table'),
  agent_for_player_id => tests.player_id(changes ->> 'agent_for'),
  foreign_currency => changes ->> 'foreign_currency',
  note => changes ->> 'note',
  confirm_duplicate => coalesce((changes ->> 'confirm')::boolean, false)
);

-- Both sums of a person's gaming day, in and out.
create function tests.sums(name text, day date default '2025-03-03') returns text
language sql
stable
security definer
return (
  select format('%s / %s', coalesce(sum(d.cash_in), 0.00), coalesce(sum(d.cash_out), 0.00))
  from compliance.patron_gaming_day as d
  where d.casino_id = tests.casino_id()
    and d.gaming_day = day
    and (
      d.patron_id = tests.who(name)
      or d.patron_id in (
        select l.unknown_patron_id
        from compliance.patron_link as l
        where l.casino_id = tests.casino_id()
          and l.player_patron_id = tests.who(name)
          and l.undone_at is null
      )
    )
);

-- Every case of a patron's gaming day, oldest first.
create function tests.cases(name text, day date default '2025-03-03') returns text
language sql
stable
security definer
return (
  select coalesce(
    string_agg(
      c.state || case when c.amendment_due then ', amendment due' else '' end,
      '; ' order by c.opened_at, c.case_id
    ),
    'none'
  )
  from compliance.ctr_case as c
  where c.casino_id = tests.casino_id()
    and c.patron_id = tests.who(name)
    and c.gaming_day = day
);

-- The name of the error that a statement ends with; "nothing" when it succeeds.
create function tests.refusal(statement text) returns text
language plpgsql
volatile
as $$
declare
  v_code text;
begin
  execute statement;
  return 'nothing';
exception when others then
  get stacked diagnostics v_code = returned_sqlstate;
  return coalesce((select r.name from ops.error_registry as r where r.sqlstate = v_code), v_code);
end
$$;

-- DETAIL of the error that a statement ends with, read as JSON.
create function tests.refusal_details(statement text) returns jsonb
language plpgsql
volatile
as $$
declare
  v_detail text;
begin
  execute statement;
  return null;
exception when others then
  get stacked diagnostics v_detail = pg_exception_detail;
  return nullif(v_detail, '')::jsonb;
end
$$;

-- An export that is staged and judged, and unless told otherwise posted: lists of rows by file,
-- each row the list of its values. Gives the batch.
create function tests.import(export jsonb, posted boolean default true) returns uuid
language plpgsql
volatile
as $$
declare
  v_code text := (
    select c.code from identity.casino as c where c.casino_id = tests.casino_id()
  );
  v_batch ops.import_batch := ops.open_import(
    v_code, sha256(convert_to(export::text, 'UTF8')), '/export'
  );
  v_file text;
begin
  foreach v_file in array array['players', 'history', 'slips', 'balances'] loop
    perform ops.stage_import_rows(
      v_code, v_batch.import_batch_id, v_file, 1,
      (
        select string_agg(
          concat_ws(E'\x1f', r.value::text, v.text), E'\n' order by r.n
        )
        from jsonb_array_elements(export -> v_file) with ordinality as r (value, n)
        cross join lateral (
          select string_agg(e.value, E'\x1f' order by e.n)
          from jsonb_array_elements_text(r.value) with ordinality as e (value, n)
        ) as v (text)
      )
    );
  end loop;
  v_batch := ops.start_import(v_code, v_batch.import_batch_id);
  while posted and v_batch.state = 'posting' loop
    v_batch := ops.advance_import(v_code, v_batch.import_batch_id);
  end loop;
  return v_batch.import_batch_id;
end
$$;

-- The report of an import; of its account with "account".
create function tests.import_report(batch uuid, what text default 'report') returns jsonb
language sql
volatile
as $$
select case what when 'report' then r.report::jsonb else r.account::jsonb end
from identity.casino as c
cross join lateral ops.import_report(c.code, batch) as r
where c.casino_id = tests.casino_id();
$$;

-- What is quarantined, as "id reason, id reason".
create function tests.quarantine(batch uuid) returns text
language sql
volatile
as $$
select coalesce(
  string_agg((q.value ->> 'id') || ' ' || (q.value ->> 'reason'), ', ' order by q.n), ''
)
from jsonb_array_elements(tests.import_report(batch) -> 'quarantined') with ordinality
  as q (value, n);
$$;

grant select on all tables in schema tests to public;

select plan(1);
select ok(
  to_regprocedure('tests.happens(text, timestamptz, text, jsonb)') is not null,
  'the helpers of the tests are there'
);
select * from finish();
commit;
