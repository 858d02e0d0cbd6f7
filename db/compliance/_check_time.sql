-- The rules for the time of a cash entry, as on the floor: not in the future, and at most 15
-- minutes back. Further back may go who may backdate play (floor:backdate, a pit boss) or reviews
-- the log (mtl:review, a compliance officer), and a floor system's feed, which tells of the past.
-- A refusal says the time as the property's clocks showed it.

create or replace function compliance._check_time(actor identity.actor, at timestamptz)
returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  v_told text := to_char(at at time zone actor.timezone, 'YYYY-MM-DD HH24:MI');
begin
  if at is null or not isfinite(at) then
    perform ops._refuse('RSTIM', array[coalesce(at::text, 'given'), 'it is not a time']);
  end if;
  if at > now() + interval '1 minute' then
    perform ops._refuse('RSTIM', array[v_told, 'it lies in the future']);
  end if;
  if at < now() - interval '60 years' then
    perform ops._refuse('RSTIM', array[v_told, 'it lies too far back']);
  end if;
  if at < now() - interval '15 minutes'
    and actor.ingesting is not true
    and not identity._may(actor, 'floor:backdate')
    and not identity._may(actor, 'mtl:review')
  then
    perform ops._refuse('RSTIM', array[
      v_told,
      'more than 15 minutes back needs the capability floor:backdate or mtl:review'
    ]);
  end if;
end
$$;

alter function compliance._check_time(identity.actor, timestamptz) owner to compliance_service;
revoke all on function compliance._check_time(identity.actor, timestamptz) from public;

comment on function compliance._check_time(identity.actor, timestamptz) is
  'Refuses times over 1 minute ahead, or over 15 minutes back without floor:backdate or '
  'mtl:review. Error: RSTIM.';
