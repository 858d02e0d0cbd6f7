-- Two clicks with two keys, or two people entering what both saw: the same person, kind and amount
-- within a minute is most likely one transaction. Asked under the person's lock, so that of two at
-- once the second sees the first.

create or replace function compliance._refuse_duplicate(
  actor identity.actor,
  root uuid,
  kind compliance.mtl_kind,
  direction text,
  amount numeric,
  at timestamptz
) returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  perform
  from compliance.mtl_entry as e
  where e.casino_id = identity._casino()
    -- As an array it is worked out once, also while the log is small and read from end to end.
    and e.patron_id = any (
      array(select p.patron_id from compliance._person_patrons(root) as p (patron_id))
    )
    and e.gaming_day in (
      identity._gaming_day(
        actor.timezone, actor.gaming_day_start, at - interval '1 minute'
      ),
      identity._gaming_day(
        actor.timezone, actor.gaming_day_start, at + interval '1 minute'
      )
    )
    and e.occurred_at between at - interval '1 minute' and at + interval '1 minute'
    and e.kind = _refuse_duplicate.kind.kind
    and (e.direction = _refuse_duplicate.direction or _refuse_duplicate.kind.direction = 'both')
    and e.amount = _refuse_duplicate.amount
    and e.entry_role <> 'offset';
  if found then
    perform ops._refuse('MTDUP');
  end if;
end
$$;

alter function compliance._refuse_duplicate(
  identity.actor, uuid, compliance.mtl_kind, text, numeric, timestamptz
) owner to compliance_service;
revoke all on function compliance._refuse_duplicate(
  identity.actor, uuid, compliance.mtl_kind, text, numeric, timestamptz
) from public;

comment on function compliance._refuse_duplicate(
  identity.actor, uuid, compliance.mtl_kind, text, numeric, timestamptz
) is
  'Refuses when the person has an entry of the same kind, direction and amount at most 60 seconds '
  'before or after. Error: MTDUP.';
