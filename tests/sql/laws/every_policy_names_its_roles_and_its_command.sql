begin;
set local search_path to pgtap, public;
select plan(6);

select is_empty(
  $$
    select r.full_name, p.polname
    from pg_policy as p
    join tests.relation as r on r.oid = p.polrelid
    where 0 = any (p.polroles)
  $$,
  'no policy is for public'
);
select is_empty(
  $$
    select r.full_name, p.polname
    from pg_policy as p
    join tests.relation as r on r.oid = p.polrelid
    where p.polcmd = '*' and p.polroles <> array['pit_owner'::regrole::oid]
  $$,
  'every policy but pit_owner''s is for one command'
);
select is_empty(
  $$
    select r.full_name, p.polname
    from pg_policy as p
    join tests.relation as r on r.oid = p.polrelid
    where not p.polpermissive
  $$,
  'every policy is permissive: what it names is what may be seen'
);
select is_empty(
  $$
    select r.full_name, p.polname
    from pg_policy as p
    join tests.relation as r on r.oid = p.polrelid
    where p.polroles && array['pit_staff', 'pit_auditor']::regrole[]::oid[]
      and (
        p.polcmd <> 'r'
        or strpos(
          pg_get_expr(p.polqual, p.polrelid), 'SELECT identity.current_casino_id()'
        ) = 0
      )
  $$,
  'people read the rows of the casino that their session is looked up in, and only read'
);
select is_empty(
  $$
    select r.full_name, p.polname
    from pg_policy as p
    join tests.relation as r on r.oid = p.polrelid
    where p.polroles && array['pit_visitor', 'pit_gateway', 'pit_worker']::regrole[]::oid[]
  $$,
  'visitors and the two logins see no row of a casino'
);
select set_eq(
  $$
    select r.full_name || ' ' || p.polname
    from pg_policy as p
    join tests.relation as r on r.oid = p.polrelid
    cross join lateral unnest(
      array[pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)]
    ) as e (rule)
    where exists (
      select from unnest(p.polroles) as u (oid) where u.oid::regrole::text like '%\_service'
    )
      and e.rule not in (
        '(casino_id = identity._casino())',
        '(casino_id = ( SELECT identity._casino() AS _casino))'
      )
  $$,
  array['identity.casino find_by_code', 'identity.database_login select_own_login'],
  'services work on the casino of the running call; sign-in and logins are found without one'
);

select * from finish();
rollback;
