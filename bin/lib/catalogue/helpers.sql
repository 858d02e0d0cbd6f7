-- Functions that the catalogue's query needs; they vanish with the session.

-- Privileges in one order; an array of the system catalogue keeps the order of the grants.
create function pg_temp.privileges(acl aclitem[]) returns jsonb
language sql
stable
as $$
  select jsonb_agg(item::text order by item::text) from unnest(acl) as item
$$;

-- The rows that a fresh database holds already. Ids and times of making differ by nature.
create function pg_temp.rows_of(relation oid) returns jsonb
language plpgsql
stable
as $$
declare
  v_columns text;
  v_rows jsonb;
begin
  select string_agg(quote_ident(attname), ', ' order by attname) into v_columns
  from pg_catalog.pg_attribute
  where attrelid = relation and attnum > 0 and not attisdropped
    and atttypid not in ('uuid'::regtype, 'timestamptz'::regtype);
  execute format(
    'select jsonb_agg(to_jsonb(r) order by to_jsonb(r)::text) from (select %s from %s) as r',
    v_columns, relation::regclass
  ) into v_rows;
  return coalesce(v_rows, '[]');
end
$$;
