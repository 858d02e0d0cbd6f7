-- Whoever is seen at another table has left the one where their currency was riding. A sighting
-- from before the last bet, entered late, says nothing about it.

create or replace function compliance._end_play_elsewhere(
  root uuid,
  table_id uuid,
  at timestamptz
) returns void
language sql
volatile
begin atomic
  update compliance.money_play as m
  set ended_at = at, ended_by = 'table'
  where m.casino_id = identity._casino()
    and m.patron_id in (select compliance._person_patrons(root))
    and m.ended_at is null
    and m.last_at <= at
    and m.table_id <> _end_play_elsewhere.table_id;
end;

alter function compliance._end_play_elsewhere(uuid, uuid, timestamptz)
owner to compliance_service;
revoke all on function compliance._end_play_elsewhere(uuid, uuid, timestamptz) from public;

comment on function compliance._end_play_elsewhere(uuid, uuid, timestamptz) is
  'Ends what rides for a person at every table but the given one.';
