-- Who is standing there? Looks among enrolled players, as the floor's search does, and among the
-- descriptions of unknown people, where every word must occur. Latest descriptions first. Nothing
-- about anybody's cash.

create or replace function compliance.find_patrons(query text)
returns setof compliance.patron_match
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('mtl:create');
  v_words text[] := regexp_split_to_array(lower(btrim(query, E' \t\r\n')), '\s+');
begin
  return query
  select
    k.patron_id, p.player_id, p.card_no, p.first_name || ' ' || p.last_name, p.birth_date,
    null::text, null::timestamptz, null::text
  from floor._find_players(query) as p
  left join compliance.patron as k
    on k.casino_id = identity._casino() and k.player_id = p.player_id
  order by lower(p.last_name), lower(p.first_name), p.player_id;

  return query
  select
    k.patron_id, null::uuid, null::text, k.known_name, null::date, d.description, k.created_at,
    (
      select floor._player_name(r.player_id)
      from compliance.patron as r
      where r.casino_id = identity._casino()
        and r.patron_id = compliance._root(k.patron_id)
    )
  from compliance.patron as k
  cross join lateral (
    select concat_ws(
      ', ', k.description, k.sex, k.apparent_age, k.height, k.build, k.hair, k.clothing, k.seat
    )
  ) as d (description)
  where k.casino_id = identity._casino()
    and k.player_id is null
    and v_words <> array['']
    and (
      select bool_and(strpos(lower(concat_ws(' ', k.known_name, d.description)), w.word) > 0)
      from unnest(v_words) as w (word)
    )
  order by k.created_at desc, k.patron_id desc
  limit 50;
end
$$;

alter function compliance.find_patrons(text) owner to compliance_service;
revoke all on function compliance.find_patrons(text) from public;
grant execute on function compliance.find_patrons(text) to pit_staff;

comment on function compliance.find_patrons(text) is
  'Players whose card or name begins with the text, then unknown people in whose description '
  'every word of it occurs; at most 50 each. Capability mtl:create. Errors: IDUNA, IDFRB.';
