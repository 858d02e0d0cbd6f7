-- What each player's standing should be after the ledger, and where it is something else, for
-- whoever asks about one player or about all.

create or replace function loyalty._drift(player_id uuid default null) returns setof loyalty.drift
language sql
stable
security definer
set search_path = ''
begin atomic
  select d.player_id, d.entry_no, d.what, d.expected, d.actual
  from loyalty._standing_drift(
    case when _drift.player_id is not null then array[_drift.player_id] end
  ) as d;
end;

alter function loyalty._drift(uuid) owner to loyalty_service;
revoke all on function loyalty._drift(uuid) from public;
grant execute on function loyalty._drift(uuid) to ops_service;

comment on function loyalty._drift(uuid) is
  'Every difference between the standings and the ledger of the running call''s casino, or of one '
  'player: sums, tier, number and hash of the newest entry. No row is the answer.';
