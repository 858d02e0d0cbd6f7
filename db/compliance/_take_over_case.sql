-- Whose case it is, when an unknown person turns out to be a player: the unknown person's becomes
-- the player's. If both have one on that day, the older stays and the other is merged into it,
-- remembering by which link, so that undoing the link can bring it back.

create or replace function compliance._take_over_case(
  link compliance.patron_link,
  gaming_day date
) returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_theirs compliance.ctr_case;
  v_own compliance.ctr_case;
  v_merged compliance.ctr_case;
begin
  select * into v_theirs
  from compliance.ctr_case as c
  where c.casino_id = identity._casino()
    and c.patron_id = link.unknown_patron_id
    and c.gaming_day = _take_over_case.gaming_day
    and c.state <> 'merged'
  for no key update;
  if v_theirs.case_id is null then
    return;
  end if;

  select * into v_own
  from compliance.ctr_case as c
  where c.casino_id = identity._casino()
    and c.patron_id = link.player_patron_id
    and c.gaming_day = _take_over_case.gaming_day
    and c.state <> 'merged'
  for no key update;
  if v_own.case_id is not null then
    v_merged := case
      when (v_own.opened_at, v_own.case_id) < (v_theirs.opened_at, v_theirs.case_id)
        then v_theirs
      else v_own
    end;
    update compliance.ctr_case as c
    set state = 'merged',
      state_before_merge = v_merged.state,
      merged_into_case_id = case v_merged.case_id
        when v_own.case_id then v_theirs.case_id
        else v_own.case_id
      end,
      merged_by_link_id = link.link_id,
      closed_reason = null,
      amendment_due = false,
      state_changed_at = now()
    where c.casino_id = identity._casino() and c.case_id = v_merged.case_id;
  end if;

  if v_merged.case_id is distinct from v_theirs.case_id then
    update compliance.ctr_case as c
    set patron_id = link.player_patron_id
    where c.casino_id = identity._casino() and c.case_id = v_theirs.case_id;
  end if;
end
$$;

alter function compliance._take_over_case(compliance.patron_link, date)
owner to compliance_service;
revoke all on function compliance._take_over_case(compliance.patron_link, date) from public;

comment on function compliance._take_over_case(compliance.patron_link, date) is
  'Makes an unknown person''s case of a day the player''s, or merges the younger into the older.';
