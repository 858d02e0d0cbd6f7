-- Is the ledger what was written? Recomputes every entry's hash and the chain of each player, and
-- compares the standings: whatever was changed, removed, inserted or swapped behind the functions'
-- back has a name. What somebody who can change everything has made fit again, the seals show.

create or replace function loyalty._verify_chain(player_id uuid default null)
returns loyalty.chain_verification
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_suspects uuid[];
  v_result loyalty.chain_verification;
begin
  select t.players, t.entries, t.intact
  into v_result.players, v_result.entries, v_result.intact
  from loyalty._chain_totals(_verify_chain.player_id) as t;
  if not v_result.intact then
    select count(*), sum(c.entries), array_agg(c.player_id) filter (where not c.intact)
    into v_result.players, v_result.entries, v_suspects
    from loyalty._chain_states(_verify_chain.player_id) as c;
  end if;
  if _verify_chain.player_id is not null and v_result.players = 0 then
    perform ops._refuse('RSPLR');
  end if;

  select
    count(*),
    coalesce(
      array_agg(row(p.player_id, p.entry_no, p.problem, p.detail)::loyalty.chain_problem)
        filter (where p.place <= 1000),
      '{}'
    )
  into v_result.problems_found, v_result.problems
  from loyalty._chain_problems(v_suspects)
    with ordinality as p (player_id, entry_no, problem, detail, place);
  return v_result;
end
$$;

alter function loyalty._verify_chain(uuid) owner to loyalty_service;
revoke all on function loyalty._verify_chain(uuid) from public;
grant execute on function loyalty._verify_chain(uuid) to ops_service;

comment on function loyalty._verify_chain(uuid) is
  'Recomputes the ledger of one player, or of all of the running call''s casino: every hash, every '
  'link, every sum, and the standings. Error: RSPLR.';
