-- Writes down who a person is, as a new version. What isn't given stays as it was, an empty text
-- takes it away, so that whoever adds an address needn't have seen the rest. Texts that say
-- nothing are refused: for what is unknown there is a flag. A filed report of which FinCEN may
-- still ask is compared anew; of older ones only a name, birth date or taxpayer number is, which
-- can't have changed since: people move, and their IDs run out.

create or replace function compliance.save_identification(
  patron_id uuid,
  idempotency_key text,
  last_name text default null,
  first_name text default null,
  middle_name text default null,
  suffix text default null,
  gender text default null,
  birth_date date default null,
  occupation text default null,
  street text default null,
  city text default null,
  state text default null,
  postal_code text default null,
  country text default null,
  taxpayer_kind text default null,
  taxpayer_number text default null,
  taxpayer_unknown boolean default null,
  id_type text default null,
  id_type_other text default null,
  id_number text default null,
  id_state text default null,
  id_country text default null
) returns compliance.saved_identification
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('mtl:create');
  v_request jsonb := jsonb_build_object(
    'last_name', last_name, 'first_name', first_name, 'middle_name', middle_name,
    'suffix', suffix, 'gender', gender, 'birth_date', birth_date, 'occupation', occupation,
    'street', street, 'city', city, 'state', state, 'postal_code', postal_code,
    'country', country, 'taxpayer_kind', taxpayer_kind, 'taxpayer_number', taxpayer_number,
    'taxpayer_unknown', taxpayer_unknown, 'id_type', id_type, 'id_type_other', id_type_other,
    'id_number', id_number, 'id_state', id_state, 'id_country', id_country
  );
  v_command compliance.mtl_command := compliance._claim_key(
    v_actor, 'save_identification', idempotency_key,
    jsonb_build_array(save_identification.patron_id, v_request)
  );
  v_root uuid;
  v_known compliance.patron_identification;
  v_sheet compliance.patron_identification;
  v_day date;
  v_refused text[];
begin
  if v_command.command is null then
    v_root := compliance._lock_person(v_actor, save_identification.patron_id);
    if v_root is null then
      perform ops._refuse('MTPAT');
    end if;
    v_known := compliance._identification(v_root);
    v_sheet := compliance._merged_identification(v_known, jsonb_strip_nulls(v_request));
    v_refused := compliance._refused_identification(v_sheet);
    if cardinality(v_refused) > 0 then
      perform ops._refuse(
        'MTIDN',
        array[
          format(
            '%s can''t be used as given',
            replace(array_to_string(v_refused, ', '), '_', ' ')
          )
        ],
        jsonb_build_object('refused', v_refused)
      );
    end if;
    v_sheet.casino_id := v_actor.casino_id;
    v_sheet.patron_id := v_root;
    v_sheet.version := 1 + coalesce(
      (
        select max(i.version)
        from compliance.patron_identification as i
        where i.casino_id = v_actor.casino_id and i.patron_id = v_root
      ),
      0
    );
    v_sheet.staff_id := v_actor.staff_id;
    v_sheet.correlation_id := v_actor.correlation_id;
    v_sheet.created_at := now();
    insert into compliance.patron_identification select v_sheet.*;
    for v_day in
      select c.gaming_day
      from compliance.ctr_case as c
      where c.casino_id = v_actor.casino_id
        and c.patron_id = v_root
        and c.state in ('filed', 'acknowledged')
        and (
          c.state = 'filed'
          or c.due_on >= identity._gaming_day(v_actor.timezone, v_actor.gaming_day_start, now())
          or (
            v_sheet.last_name, v_sheet.first_name, v_sheet.birth_date, v_sheet.taxpayer_number
          ) is distinct from (
            v_known.last_name, v_known.first_name, v_known.birth_date, v_known.taxpayer_number
          )
        )
      order by c.gaming_day
    loop
      perform compliance._settle_day(v_actor, v_root, v_day);
    end loop;
    perform compliance._remember(
      v_actor, 'save_identification', idempotency_key,
      jsonb_build_array(save_identification.patron_id, v_request), patron_id => v_root
    );
  end if;
  v_sheet := compliance._identification(save_identification.patron_id);
  return row(
    v_sheet.patron_id, v_sheet.version,
    compliance._missing_identification(save_identification.patron_id),
    v_command.command is not null
  );
end
$$;

alter function compliance.save_identification(
  uuid, text, text, text, text, text, text, date, text, text, text, text, text, text, text, text,
  boolean, text, text, text, text, text
) owner to compliance_service;
revoke all on function compliance.save_identification(
  uuid, text, text, text, text, text, text, date, text, text, text, text, text, text, text, text,
  boolean, text, text, text, text, text
) from public;
grant execute on function compliance.save_identification(
  uuid, text, text, text, text, text, text, date, text, text, text, text, text, text, text, text,
  boolean, text, text, text, text, text
) to pit_staff;

comment on function compliance.save_identification(
  uuid, text, text, text, text, text, text, date, text, text, text, text, text, text, text, text,
  boolean, text, text, text, text, text
) is
  'Saves a person''s identification: null keeps what is known, an empty text takes it away. '
  'Capability mtl:create. Errors: IDUNA, IDFRB, IDKEY, LYIDM, MTPAT, MTIDN with the refused '
  'fields in its details.';
