-- Checks filing data and adds them as the next version when they differ from the one in force.
-- Everything about the transmitter is the casino's own unless it is told apart. Two people who
-- set them at once wait for each other, so that versions count on.

create or replace function compliance._save_filer(
  filer jsonb,
  staff_id uuid,
  correlation_id text
) returns boolean
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_casino_id integer := identity._casino();
  v_needed text[] := array[
    'legal_name', 'ein', 'street', 'city', 'state', 'postal_code', 'contact_office',
    'contact_phone', 'transmitter_tcc'
  ];
  v_optional text[] := array[
    'trade_name', 'country', 'contact_extension', 'transmitter_name', 'transmitter_tin',
    'transmitter_contact', 'transmitter_phone', 'transmitter_street', 'transmitter_city',
    'transmitter_state', 'transmitter_postal_code', 'transmitter_country'
  ];
  v_given jsonb;
  v_wrong text;
  v_last compliance.filer;
  v_next compliance.filer;
begin
  if jsonb_typeof(filer) is distinct from 'object' then
    perform ops._refuse('MTFIL', array['an object is expected']);
  end if;
  -- Single spaces; numbers without their hyphens and brackets; what is blank isn't there.
  select jsonb_object_agg(
    d.key,
    case
      when d.key ~ 'ein|tin|phone|extension|postal_code'
        then regexp_replace(d.value, '[-() .]', '', 'g')
      else btrim(regexp_replace(d.value, '\s+', ' ', 'g'))
    end
  )
  into v_given
  from jsonb_each_text(filer) as d
  where btrim(d.value) <> '';
  v_given := jsonb_build_object('country', 'US') || coalesce(v_given, '{}');
  v_given := jsonb_build_object(
    'transmitter_name', v_given -> 'legal_name',
    'transmitter_tin', v_given -> 'ein',
    'transmitter_contact', v_given -> 'contact_office',
    'transmitter_phone', v_given -> 'contact_phone',
    'transmitter_street', v_given -> 'street',
    'transmitter_city', v_given -> 'city',
    'transmitter_state', v_given -> 'state',
    'transmitter_postal_code', v_given -> 'postal_code',
    'transmitter_country', v_given -> 'country',
    'trade_name', null,
    'contact_extension', null
  ) || v_given;

  select string_agg(n.wrong, ', ' order by n.wrong) into v_wrong
  from (
    select format('%s is missing', k.name) as wrong
    from unnest(v_needed) as k (name)
    where v_given ->> k.name is null
    union all
    select format('"%s" is not known', k.name)
    from jsonb_object_keys(v_given) as k (name)
    where k.name <> all (v_needed || v_optional)
  ) as n;
  if v_wrong is not null then
    perform ops._refuse('MTFIL', array[v_wrong]);
  end if;

  perform pg_advisory_xact_lock(hashtextextended('compliance.filer', v_casino_id));
  select f.* into v_last
  from compliance.filer as f
  where f.casino_id = v_casino_id
  order by f.version desc
  limit 1;
  if to_jsonb(v_last) @> v_given then
    return false;
  end if;

  v_next := jsonb_populate_record(null::compliance.filer, v_given);
  v_next.casino_id := v_casino_id;
  v_next.version := coalesce(v_last.version, 0) + 1;
  v_next.staff_id := staff_id;
  v_next.correlation_id := correlation_id;
  v_next.created_at := now();
  insert into compliance.filer values (v_next.*);
  return true;
exception
  when check_violation then
    perform ops._refuse('MTFIL', array[substring(sqlerrm from 'constraint "([a-z_]+)"')]);
end
$$;

alter function compliance._save_filer(jsonb, uuid, text) owner to compliance_service;
revoke all on function compliance._save_filer(jsonb, uuid, text) from public;

comment on function compliance._save_filer(jsonb, uuid, text) is
  'Adds a version of the casino''s filing data; true when something changed. Error: MTFIL with '
  'what is missing or which rule is broken.';
