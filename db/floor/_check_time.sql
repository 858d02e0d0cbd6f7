-- The rules for the time of a command (domain.md section 2): not before what happened last, not
-- in the future, and at most 15 minutes back unless the person may backdate. A floor system's
-- feed tells of the past, so the 15 minutes don't apply to it. Beyond 60 years the seconds of a
-- slip could no longer be counted in an integer.

create or replace function floor._check_time(
  actor identity.actor,
  at timestamptz,
  not_before timestamptz default '-infinity'
) returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if at is null or not isfinite(at) then
    perform ops._refuse('RSTIM', array[coalesce(at::text, 'given'), 'it is not a time']);
  end if;
  if at < not_before then
    perform ops._refuse('RSTIM', array[at::text, 'something later has happened already']);
  end if;
  if at > now() + interval '1 minute' then
    perform ops._refuse('RSTIM', array[at::text, 'it lies in the future']);
  end if;
  if at < now() - interval '60 years' then
    perform ops._refuse('RSTIM', array[at::text, 'it lies too far back']);
  end if;
  if at < now() - interval '15 minutes'
    and actor.ingesting is not true
    and not identity._may(actor, 'floor:backdate')
  then
    perform ops._refuse(
      'RSTIM', array[at::text, 'more than 15 minutes back needs the capability floor:backdate']
    );
  end if;
end
$$;

alter function floor._check_time(identity.actor, timestamptz, timestamptz) owner to floor_service;
revoke all on function floor._check_time(identity.actor, timestamptz, timestamptz) from public;

comment on function floor._check_time(identity.actor, timestamptz, timestamptz) is
  'Refuses times before not_before, over 1 minute ahead, or over 15 minutes back without '
  'floor:backdate. Error: RSTIM.';
