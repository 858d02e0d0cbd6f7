-- Whose case it is, when an identification is undone. What the link merged comes back where the
-- person it belonged to has none; a case that came from the unknown person goes back to them,
-- unless the player needs it: over the threshold without them, and with no case of their own that
-- the link had merged.

create or replace function compliance._give_back_case(
  actor identity.actor,
  link compliance.patron_link,
  gaming_day date
) returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_held compliance.ctr_case;
  v_merged compliance.ctr_case;
  v_theirs compliance.ctr_case;
begin
  select * into v_held
  from compliance.ctr_case as c
  where c.casino_id = identity._casino()
    and c.patron_id = link.player_patron_id
    and c.gaming_day = _give_back_case.gaming_day
    and c.state <> 'merged';
  select * into v_merged
  from compliance.ctr_case as c
  where c.casino_id = identity._casino()
    and c.merged_by_link_id = link.link_id
    and c.gaming_day = _give_back_case.gaming_day;
  -- The unknown person's own, also where another identification has merged it since.
  select * into v_theirs
  from compliance.ctr_case as c
  where c.casino_id = identity._casino()
    and c.origin_patron_id = link.unknown_patron_id
    and c.patron_id = link.player_patron_id
    and c.gaming_day = _give_back_case.gaming_day;

  if v_merged.patron_id = link.unknown_patron_id then
    perform compliance._revive_case(v_merged);
    return;
  end if;
  if v_theirs.case_id is null then
    return;
  end if;

  if v_theirs.case_id <> v_held.case_id then
    -- Merged into the player's by another link: it comes back, and what it had taken in stays.
    update compliance.ctr_case as c
    set merged_into_case_id = v_theirs.merged_into_case_id,
      merged_by_link_id = v_theirs.merged_by_link_id
    where c.casino_id = identity._casino() and c.case_id = v_merged.case_id;
    perform compliance._move_case(v_theirs, link.unknown_patron_id);
    perform compliance._revive_case(v_theirs);
  elsif v_merged.case_id is not null then
    perform compliance._move_case(v_theirs, link.unknown_patron_id);
    perform compliance._revive_case(v_merged);
  elsif (
    select
      greatest(s.cash_in, s.cash_out)
      > (compliance._thresholds(actor, _give_back_case.gaming_day)).ctr_threshold
    from compliance._day_sums(link.player_patron_id, _give_back_case.gaming_day) as s
  ) then
    update compliance.ctr_case as c
    set origin_patron_id = link.player_patron_id
    where c.casino_id = identity._casino() and c.case_id = v_theirs.case_id;
  else
    perform compliance._move_case(v_theirs, link.unknown_patron_id);
  end if;
end
$$;

alter function compliance._give_back_case(identity.actor, compliance.patron_link, date)
owner to compliance_service;
revoke all on function compliance._give_back_case(identity.actor, compliance.patron_link, date)
from public;

comment on function compliance._give_back_case(identity.actor, compliance.patron_link, date) is
  'Separates the cases of a day after a link was undone; settling the day decides the rest.';
