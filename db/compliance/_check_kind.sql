-- What can be recorded at all: a known kind that goes the given way, a known area and tender, and
-- a foreign currency with an exchange only.

create or replace function compliance._check_kind(
  direction text,
  kind text,
  area text,
  tender text,
  foreign_currency text
) returns compliance.mtl_kind
language plpgsql
stable
set search_path = ''
as $$
declare
  v_kind compliance.mtl_kind;
  v_problem text;
begin
  select * into v_kind from compliance.mtl_kind as k where k.kind = _check_kind.kind;
  v_problem := case
    when v_kind.kind is null then format('there is no kind %s', coalesce(_check_kind.kind, '–'))
    when direction is null or direction not in ('in', 'out')
      then 'the direction is neither in nor out'
    when v_kind.direction not in (_check_kind.direction, 'both')
      then format('%s goes %s', v_kind.kind, v_kind.direction)
    when area is null
      or area not in ('pit', 'cage', 'slot', 'poker', 'kiosk', 'sportsbook', 'other')
      then format('there is no area %s', coalesce(area, '–'))
    when tender is null
      or tender not in ('currency', 'chips', 'check', 'wire', 'ticket', 'other')
      then format('there is no tender %s', coalesce(tender, '–'))
    when foreign_currency is not null and v_kind.direction <> 'both'
      then 'a foreign currency belongs to an exchange'
    when foreign_currency !~ '^[A-Z]{2,3}$'
      then 'the foreign currency is not an ISO code'
  end;
  if v_problem is not null then
    perform ops._refuse('MTKND', array[v_problem]);
  end if;
  return v_kind;
end
$$;

alter function compliance._check_kind(text, text, text, text, text) owner to compliance_service;
revoke all on function compliance._check_kind(text, text, text, text, text) from public;

comment on function compliance._check_kind(text, text, text, text, text) is
  'The kind''s row, when an entry of it can be recorded so. Error: MTKND.';
