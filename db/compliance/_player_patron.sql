-- The patron row of an enrolled player, made when it is first needed. Two who need it at once get
-- the same one: the unique constraint decides, the loser reads the winner's.

create or replace function compliance._player_patron(actor identity.actor, player_id uuid)
returns uuid
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_patron_id uuid;
begin
  loop
    select p.patron_id into v_patron_id
    from compliance.patron as p
    where p.casino_id = identity._casino() and p.player_id = _player_patron.player_id;
    if found then
      return v_patron_id;
    end if;
    insert into compliance.patron as p (casino_id, player_id, created_by, correlation_id)
    values (
      actor.casino_id, _player_patron.player_id, actor.staff_id, actor.correlation_id
    )
    on conflict on constraint one_patron_per_player do nothing
    returning p.patron_id into v_patron_id;
    if found then
      return v_patron_id;
    end if;
  end loop;
end
$$;

alter function compliance._player_patron(identity.actor, uuid) owner to compliance_service;
revoke all on function compliance._player_patron(identity.actor, uuid) from public;

comment on function compliance._player_patron(identity.actor, uuid) is
  'Patron id of an enrolled player.';
