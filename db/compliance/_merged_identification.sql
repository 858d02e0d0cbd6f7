-- Puts what is newly known into the version before: texts are trimmed, codes and numbers brought
-- into the report's form. A taxpayer number and the flag that it is unknown exclude each other;
-- whichever was said last counts.

create or replace function compliance._merged_identification(
  known compliance.patron_identification,
  given jsonb
) returns compliance.patron_identification
language plpgsql
stable
set search_path = ''
as $$
declare
  v_sheet compliance.patron_identification;
begin
  v_sheet := (
    select
      jsonb_populate_record(
        known,
        coalesce(
          jsonb_object_agg(
            g.key,
            nullif(
              case
                when g.key in ('state', 'country', 'id_state', 'id_country')
                  then upper(btrim(g.value))
                when g.key in ('postal_code', 'taxpayer_number')
                  then upper(regexp_replace(g.value, '[\s.-]', '', 'g'))
                when g.key in ('gender', 'taxpayer_kind', 'id_type') then lower(btrim(g.value))
                else btrim(regexp_replace(g.value, '\s+', ' ', 'g'))
              end,
              ''
            )
          ),
          '{}'
        )
      )
    from jsonb_each_text(given) as g
  );
  v_sheet.taxpayer_unknown := coalesce(v_sheet.taxpayer_unknown, false);
  if v_sheet.taxpayer_unknown and given ->> 'taxpayer_unknown' is null
    and nullif(given ->> 'taxpayer_number', '') is not null
  then
    v_sheet.taxpayer_unknown := false;
  end if;
  if v_sheet.taxpayer_unknown or v_sheet.taxpayer_number is null then
    v_sheet.taxpayer_number := null;
    v_sheet.taxpayer_kind := null;
  else
    v_sheet.taxpayer_kind := coalesce(v_sheet.taxpayer_kind, 'ssn');
  end if;
  if v_sheet.id_type is distinct from 'other' then
    v_sheet.id_type_other := null;
  end if;
  return v_sheet;
end
$$;

alter function compliance._merged_identification(compliance.patron_identification, jsonb)
owner to compliance_service;
revoke all on function compliance._merged_identification(compliance.patron_identification, jsonb)
from public;

comment on function compliance._merged_identification(compliance.patron_identification, jsonb) is
  'An identification with the given fields put in; empty texts take a field away.';
