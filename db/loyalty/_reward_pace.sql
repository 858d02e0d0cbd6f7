-- How many more rewards a person may give right now. Counted in the ledger itself, under a lock
-- of that person, so that it holds across connections and processes; replays cost nothing.

create or replace function loyalty._reward_pace(
  actor identity.actor,
  per_minute integer,
  out rewards_left integer,
  out retry_after_seconds integer
)
language plpgsql
stable
set search_path = ''
as $$
declare
  v_given timestamptz[];
begin
  select array_agg(r.created_at order by r.created_at desc) into v_given
  from loyalty._recent_rewards(actor.staff_id) as r;

  rewards_left := greatest(per_minute - coalesce(cardinality(v_given), 0), 0);
  retry_after_seconds := case when rewards_left = 0
    then greatest(
      ceil(extract(epoch from v_given[per_minute] + interval '60 seconds' - now())), 1
    )
    else 0
  end;
end
$$;

alter function loyalty._reward_pace(identity.actor, integer) owner to loyalty_service;
revoke all on function loyalty._reward_pace(identity.actor, integer) from public;

comment on function loyalty._reward_pace(identity.actor, integer) is
  'Rewards that the caller may still give within these 60 seconds, and the seconds to wait when '
  'none is left.';
