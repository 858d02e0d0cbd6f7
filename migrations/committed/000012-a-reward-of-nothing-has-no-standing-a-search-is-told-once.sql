--! Previous: sha1:26be466bf00f86b1769f2cfb1f10969a629e2ec0
--! Hash: sha1:837b6246364c21adc53b3cdf26c6cfc2eeb73ef3
--! Message: A reward of nothing has no standing; a search is told once

--! split: 1-current.sql
-- Enter migration here
--! Included loyalty/reward_standing.sql
-- What a reward of so many points would be, told while the figure is typed: given at once, asked of
-- a second person, or too many. The command decides again, by the same terms, and also by pace,
-- days and player.

create or replace function loyalty.reward_standing(points bigint) returns text
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('loyalty:award');
  v_terms loyalty.terms_in_force := loyalty._terms(now());
begin
  return case
    when reward_standing.points is null or reward_standing.points < 1 then null
    when reward_standing.points > v_terms.reward_limit then 'above_limit'
    when reward_standing.points >= v_terms.approval_threshold then 'requested'
    else 'given'
  end;
end
$$;

alter function loyalty.reward_standing(bigint) owner to loyalty_service;
revoke all on function loyalty.reward_standing(bigint) from public;
grant execute on function loyalty.reward_standing(bigint) to pit_staff;

comment on function loyalty.reward_standing(bigint) is
  'given, requested (from the approval threshold on) or above_limit; null below 1 point. '
  'Capability loyalty:award. Errors: IDUNA, IDFRB, LYPOL.';
--! EndIncluded loyalty/reward_standing.sql
--! Included floor/find_players.sql
-- Finds players by card or name while somebody types, also as lists show them: last name, comma,
-- first name. Runs with the reader's own rights, so row-level security decides what can be found.

create or replace function floor.find_players(search text) returns setof floor.player
language sql
stable
begin atomic
  select p.*
  from floor.player as p
  where btrim(search) <> ''
    and (
      starts_with(lower(p.card_no), lower(btrim(search)))
      or starts_with(lower(p.last_name), lower(btrim(search)))
      or starts_with(lower(p.first_name), lower(btrim(search)))
      or starts_with(lower(p.first_name || ' ' || p.last_name), lower(btrim(search)))
      or starts_with(
        lower(p.last_name || ' ' || p.first_name),
        (select regexp_replace(lower(btrim(search)), '[\s,]+', ' ', 'g'))
      )
    )
  order by lower(p.last_name), lower(p.first_name), p.player_id
  limit 50;
end;

alter function floor.find_players(text) owner to floor_service;
revoke all on function floor.find_players(text) from public;
grant execute on function floor.find_players(text) to pit_staff;

comment on function floor.find_players(text) is
  'Players whose card number, first name, last name or full name begins with the text, also with '
  'the last name first, with a comma or without; at most 50, by name.';
--! EndIncluded floor/find_players.sql
--! Included loyalty/draft_bases.sql
-- What a new draft of the rules can start from, for the form that writes one. draft_rules starts
-- from the same, as it will be when rules for a later moment begin.

create or replace function loyalty.draft_bases() returns setof loyalty.loyalty_policy
language plpgsql
stable
security definer
rows 5
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('loyalty:view_all');
begin
  return query select b.* from loyalty._draft_bases(now()) as b;
end
$$;

alter function loyalty.draft_bases() owner to loyalty_service;
revoke all on function loyalty.draft_bases() from public;
grant execute on function loyalty.draft_bases() to pit_staff;

comment on function loyalty.draft_bases() is
  'Each known policy once, by name: the version in force, or else the newest. Capability '
  'loyalty:view_all. Errors: IDUNA, IDFRB.';
--! EndIncluded loyalty/draft_bases.sql
