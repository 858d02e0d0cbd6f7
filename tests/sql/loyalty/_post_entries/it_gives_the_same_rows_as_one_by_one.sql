-- The same drafts, posted one by one by loyalty._post_entry and at once by its twin: the same
-- ledger and the same standings, hashes included. With a change of tiers on the way, a night of
-- daylight saving, debits that are too large, and a reversal.

begin;
set local search_path to pgtap, public;
select plan(6);

select tests.casino('TPOST');
select tests.player('P1', 500);
select tests.player('P2', 0);
insert into loyalty.loyalty_tier (
  casino_id, effective_from, threshold_points, next_threshold_points, tier, multiplier
)
values
  (tests.casino_id(), '2024-06-01', 0, 2000, 'BRONZE', 1),
  (tests.casino_id(), '2024-06-01', 2000, null, 'GOLD', 2);

create function pg_temp.actor() returns identity.actor
language sql
as $$
select row(
  c.casino_id, null, null, c.timezone, c.gaming_day_start, 'twin', null
)::identity.actor
from identity.casino as c
where c.casino_id = tests.casino_id();
$$;

create function pg_temp.draft(card text, kind text, points bigint, at timestamptz, reverses bigint)
returns loyalty.entry_draft
language sql
as $$
select row(
  tests.player_id(card), kind, 'LEGACY_IMPORTED', 'import', points, null, null, reverses,
  'Comp, "chef''s table"', null, null, card || at::text || points::text,
  sha256(convert_to(card || points, 'UTF8')), at
)::loyalty.entry_draft;
$$;

create function pg_temp.drafts() returns loyalty.entry_draft[]
language sql
as $$
select array_agg(pg_temp.draft(d.card, d.kind, d.points, d.at, d.reverses) order by d.n)
from (values
  (1, 'P1', 'GAMEPLAY', 700, '2024-03-10 09:59:59+00'::timestamptz, null),
  (2, 'P2', 'ADJUSTMENT', -1, '2024-03-10 13:00:00+00', null),
  (3, 'P1', 'GAMEPLAY', 1300, '2024-03-10 13:30:00+00', null),
  (4, 'P2', 'GAMEPLAY', 2500, '2024-05-01 05:59:59-07', null),
  (5, 'P1', 'ADJUSTMENT', -9999, '2024-06-15 00:00:00+00', null),
  (6, 'P1', 'ADJUSTMENT', -600, '2024-06-15 00:00:01+00', null),
  (7, 'P2', 'GAMEPLAY', 1, '2024-07-01 06:00:00-07', null),
  (8, 'P1', 'REVERSAL', -700, '2024-07-02 06:00:00-07', 2),
  (9, 'P2', 'ADJUSTMENT', -2501, '2024-07-02 06:00:00-07', null)
) as d (n, card, kind, points, at, reverses);
$$;

create function pg_temp.state() returns text
language sql
as $$
select jsonb_build_array(
  (
    select jsonb_agg(to_jsonb(l) order by l.player_id, l.entry_no)
    from loyalty.loyalty_ledger as l
    where l.casino_id = tests.casino_id()
  ),
  (
    select jsonb_agg(to_jsonb(p) order by p.player_id)
    from loyalty.player_loyalty as p
    where p.casino_id = tests.casino_id()
  )
)::text;
$$;

-- Leaves no trace but the state that it led to.
create function pg_temp.one_by_one() returns text
language plpgsql
as $$
declare
  v_draft loyalty.entry_draft;
  v_state text;
begin
  begin
    foreach v_draft in array pg_temp.drafts() loop
      begin
        perform loyalty._post_entry(
          pg_temp.actor(), v_draft.player_id, v_draft.points_change,
          case v_draft.transaction_type
            when 'REVERSAL' then -greatest(-v_draft.points_change, 0)
            else greatest(v_draft.points_change, 0)
          end,
          v_draft.transaction_type, v_draft.event_type, v_draft.source, v_draft.reason, null,
          v_draft.idempotency_key, v_draft.request_fingerprint, v_draft.occurred_at,
          reverses_entry_no => v_draft.reverses_entry_no
        );
      exception when sqlstate 'LYBAL' then
        null;
      end;
    end loop;
    v_state := pg_temp.state();
    raise exception using errcode = 'P0001';
  exception when sqlstate 'P0001' then
    return v_state;
  end;
end
$$;

select set_config('pit.casino', tests.casino_id()::text, true);
select set_config('tests.one_by_one', pg_temp.one_by_one(), true);

select results_eq(
  $$
    select u.draft_no, u.replayed, u.refusal
    from loyalty._post_entries(pg_temp.actor(), pg_temp.drafts()) as u
    order by u.draft_no
  $$,
  $$ values (2::bigint, false, 'LYBAL'), (5::bigint, false, 'LYBAL') $$,
  'what would go below zero at its place is given back, and what follows goes on'
);
select is(
  pg_temp.state(), current_setting('tests.one_by_one'),
  'ledger and standings are the same, hashes included'
);
select results_eq(
  $$
    select u.draft_no, u.replayed
    from loyalty._post_entries(pg_temp.actor(), pg_temp.drafts()) as u
    where u.refusal is null
    order by u.draft_no
  $$,
  $$ values (1::bigint, true), (3, true), (4, true), (6, true), (7, true), (8, true), (9, true) $$,
  'the same again are replays'
);
select is(
  pg_temp.state(), current_setting('tests.one_by_one'), 'which change nothing'
);
select is(
  (
    select u.refusal
    from loyalty._post_entries(
      pg_temp.actor(),
      array[
        row(
          tests.player_id('P2'), 'GAMEPLAY', 'LEGACY_IMPORTED', 'import', 5, null, null, null,
          null, null, null, (pg_temp.drafts())[1].idempotency_key, sha256('other'), now()
        )::loyalty.entry_draft
      ]
    ) as u
  ),
  'LYIDM', 'a used key with another request is refused'
);
select is_empty(
  $$
    select *
    from loyalty._chain_problems(array[tests.player_id('P1'), tests.player_id('P2')])
  $$,
  'the chains hold'
);

select * from finish();
rollback;
