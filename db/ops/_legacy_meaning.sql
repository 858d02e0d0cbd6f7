-- What the texts of one row of points history or of a rating slip (ops._legacy_texts) say. Points
-- have at most 12 digits, so that no sum of them can overflow.

create or replace function ops._legacy_meaning(
  file text,
  fields text[],
  id text,
  card_no text,
  kind text,
  points_text text,
  points bigint,
  detail text,
  occurred_at text
) returns setof ops.legacy_row
language sql
stable
parallel safe
rows 1
begin atomic
  select
    coalesce(id, ''),
    card_no,
    case
      when points between 1 and 999999999999 then
        case when kind = 'DEBIT' and file = 'history' then -points else points end
    end,
    coalesce(file <> 'history' or kind in ('CREDIT', 'DEBIT'), false),
    ops._legacy_time(occurred_at),
    nullif(btrim(case file when 'history' then detail else 'Rating slip ' || id end), ''),
    file = 'history' or coalesce(
      kind = 'CLOSED'
        and case
          when pg_input_is_valid(points_text, 'numeric') then points_text::numeric > 0
          else points_text <> ''
        end,
      false
    ),
    'pit:import:' || file || ':' || case
      when length(id) > 200 then 'sha256:' || encode(sha256(convert_to(id, 'UTF8')), 'hex')
      else coalesce(id, '')
    end,
    sha256(array_send(file || fields));
end;

alter function ops._legacy_meaning(
  text, text[], text, text, text, text, bigint, text, text
) owner to ops_service;
revoke all on function ops._legacy_meaning(
  text, text[], text, text, text, text, bigint, text, text
) from public;

comment on function ops._legacy_meaning(
  text, text[], text, text, text, text, bigint, text, text
) is 'What the values of a row of "history" or "slips" say; its key and its fingerprint.';
