-- Everything that makes a database what it is, one row per object: kind, name, definition.
-- Two databases with equal rows have the same schemas, tables, functions, privileges and comments.
-- Left out is what others make: system schemas, the migration log, the job queue, pgTAP.

with
space as (
  select n.oid, n.nspname as schema
  from pg_catalog.pg_namespace as n
  where n.nspname !~ '^pg_'
    and n.nspname not in ('information_schema', 'graphile_migrate', 'graphile_worker', 'pgtap')
),
relation as (
  select c.*, format('%I.%I', s.schema, c.relname) as name
  from pg_catalog.pg_class as c
  join space as s on s.oid = c.relnamespace
),
routine as (
  select p.*, p.oid::regprocedure::text as name
  from pg_catalog.pg_proc as p
  join space as s on s.oid = p.pronamespace
),
own_type as (
  select t.*, format('%I.%I', s.schema, t.typname) as name
  from pg_catalog.pg_type as t
  join space as s on s.oid = t.typnamespace
  where t.typtype in ('d', 'e', 'r', 'm')
    or (t.typtype = 'c' and exists (
      select from pg_catalog.pg_class as c where c.oid = t.typrelid and c.relkind = 'c'
    ))
),
object (kind, name, definition) as (
  select 'schema', quote_ident(s.schema), jsonb_build_object(
    'owner', n.nspowner::regrole, 'acl', pg_temp.privileges(n.nspacl),
    'comment', obj_description(n.oid, 'pg_namespace')
  )
  from space as s
  join pg_catalog.pg_namespace as n on n.oid = s.oid

  union all
  select 'relation', r.name, jsonb_build_object(
    'kind', r.relkind, 'owner', r.relowner::regrole, 'acl', pg_temp.privileges(r.relacl),
    'persistence', r.relpersistence, 'options', r.reloptions, 'replica identity', r.relreplident,
    'row security', r.relrowsecurity, 'forced row security', r.relforcerowsecurity,
    'view', case when r.relkind in ('v', 'm') then pg_get_viewdef(r.oid) end,
    'partition', pg_get_partkeydef(r.oid), 'bounds', pg_get_expr(r.relpartbound, r.oid),
    'comment', obj_description(r.oid, 'pg_class')
  )
  from relation as r
  where r.relkind in ('r', 'p', 'v', 'm', 'S', 'f')

  union all
  select 'column', format('%s.%I', r.name, a.attname), jsonb_build_object(
    'place', row_number() over (partition by r.oid order by a.attnum),
    'type', format_type(a.atttypid, a.atttypmod), 'not null', a.attnotnull,
    'default', pg_get_expr(d.adbin, d.adrelid), 'generated', a.attgenerated,
    'identity', a.attidentity, 'collation', a.attcollation::regcollation,
    'storage', a.attstorage, 'compression', a.attcompression, 'statistics', a.attstattarget,
    'options', a.attoptions, 'acl', pg_temp.privileges(a.attacl),
    'comment', col_description(r.oid, a.attnum)
  )
  from relation as r
  join pg_catalog.pg_attribute as a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
  left join pg_catalog.pg_attrdef as d on d.adrelid = r.oid and d.adnum = a.attnum
  where r.relkind in ('r', 'p', 'v', 'm', 'f', 'c')

  union all
  select 'sequence', r.name, to_jsonb(q) - 'seqrelid'
  from relation as r
  join pg_catalog.pg_sequence as q on q.seqrelid = r.oid

  union all
  select 'constraint', format('%s: %I', coalesce(r.name, t.name), k.conname), jsonb_build_object(
    'definition', pg_get_constraintdef(k.oid), 'validated', k.convalidated,
    'enforced', k.conenforced, 'comment', obj_description(k.oid, 'pg_constraint')
  )
  from pg_catalog.pg_constraint as k
  join space as s on s.oid = k.connamespace
  left join relation as r on r.oid = k.conrelid
  left join own_type as t on t.oid = k.contypid

  union all
  select 'index', r.name, jsonb_build_object(
    'definition', pg_get_indexdef(i.indexrelid), 'valid', i.indisvalid,
    'clustered', i.indisclustered, 'comment', obj_description(r.oid, 'pg_class')
  )
  from relation as r
  join pg_catalog.pg_index as i on i.indexrelid = r.oid

  union all
  select 'trigger', format('%s: %I', r.name, g.tgname), jsonb_build_object(
    'definition', pg_get_triggerdef(g.oid), 'enabled', g.tgenabled,
    'comment', obj_description(g.oid, 'pg_trigger')
  )
  from relation as r
  join pg_catalog.pg_trigger as g on g.tgrelid = r.oid and not g.tgisinternal

  union all
  select 'rule', format('%s: %I', r.name, u.rulename), jsonb_build_object(
    'definition', pg_get_ruledef(u.oid), 'enabled', u.ev_enabled
  )
  from relation as r
  join pg_catalog.pg_rewrite as u on u.ev_class = r.oid and u.rulename <> '_RETURN'

  union all
  select 'policy', format('%s: %I', r.name, p.polname), jsonb_build_object(
    'command', p.polcmd, 'permissive', p.polpermissive,
    'roles', (select jsonb_agg(x::regrole order by x::regrole::text) from unnest(p.polroles) as x),
    'using', pg_get_expr(p.polqual, p.polrelid),
    'with check', pg_get_expr(p.polwithcheck, p.polrelid),
    'comment', obj_description(p.oid, 'pg_policy')
  )
  from relation as r
  join pg_catalog.pg_policy as p on p.polrelid = r.oid

  union all
  select 'statistics', format('%I.%I', s.schema, x.stxname), jsonb_build_object(
    'definition', pg_get_statisticsobjdef(x.oid), 'owner', x.stxowner::regrole
  )
  from pg_catalog.pg_statistic_ext as x
  join space as s on s.oid = x.stxnamespace

  union all
  select 'routine', f.name, jsonb_build_object(
    'definition', case
      when f.prokind <> 'a' then pg_get_functiondef(f.oid)
      else (select (to_jsonb(g) - 'aggfnoid')::text from pg_catalog.pg_aggregate as g
        where g.aggfnoid = f.oid)
    end,
    'owner', f.proowner::regrole, 'acl', pg_temp.privileges(f.proacl),
    'comment', obj_description(f.oid, 'pg_proc')
  )
  from routine as f

  union all
  select 'type', t.name, jsonb_build_object(
    'kind', t.typtype, 'owner', t.typowner::regrole, 'acl', pg_temp.privileges(t.typacl),
    'base', format_type(nullif(t.typbasetype, 0), t.typtypmod), 'not null', t.typnotnull,
    'default', t.typdefault, 'collation', t.typcollation::regcollation,
    'labels', (select jsonb_agg(e.enumlabel order by e.enumsortorder)
      from pg_catalog.pg_enum as e where e.enumtypid = t.oid),
    'comment', obj_description(t.oid, 'pg_type')
  )
  from own_type as t

  union all
  select
    'default privileges',
    format('of %s on %s in %s', d.defaclrole::regrole, d.defaclobjtype,
      coalesce(nullif(d.defaclnamespace, 0)::regnamespace::text, 'any schema')),
    jsonb_build_object('acl', pg_temp.privileges(d.defaclacl))
  from pg_catalog.pg_default_acl as d

  union all
  select 'extension', quote_ident(e.extname), jsonb_build_object(
    'version', e.extversion, 'schema', e.extnamespace::regnamespace
  )
  from pg_catalog.pg_extension as e
  where e.extname <> 'pgtap'

  union all
  select 'event trigger', quote_ident(v.evtname), jsonb_build_object(
    'event', v.evtevent, 'tags', v.evttags, 'enabled', v.evtenabled,
    'function', v.evtfoid::regprocedure, 'owner', v.evtowner::regrole
  )
  from pg_catalog.pg_event_trigger as v

  union all
  select 'cast', format('%s as %s', format_type(c.castsource, null), format_type(c.casttarget, null)),
    jsonb_build_object('function', nullif(c.castfunc, 0)::regprocedure, 'context', c.castcontext)
  from pg_catalog.pg_cast as c
  where c.oid >= 16384

  union all
  select 'operator', o.oid::regoperator::text,
    jsonb_build_object('function', o.oprcode, 'owner', o.oprowner::regrole)
  from pg_catalog.pg_operator as o
  join space as s on s.oid = o.oprnamespace

  union all
  select 'publication', quote_ident(p.pubname), to_jsonb(p) - 'oid' - 'pubowner'
  from pg_catalog.pg_publication as p

  union all
  select 'rows', r.name, pg_temp.rows_of(r.oid)
  from relation as r
  where r.relkind in ('r', 'p')
)
select kind, name, jsonb_pretty(jsonb_strip_nulls(definition)) as definition
from object
order by kind, name;
