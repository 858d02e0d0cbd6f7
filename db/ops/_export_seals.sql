-- The seals as a small file to be kept where nobody of the house can change it. With players it
-- also names the entries that the seals commit to, so that what is changed later has a name
-- whatever was done to the seals in here.

create or replace function ops._export_seals(
  first_day date default null,
  last_day date default null,
  with_players boolean default false
) returns json
language plpgsql
stable
set search_path = ''
as $$
begin
  return json_strip_nulls(json_build_object(
    'format', 'pitledger-seals-1',
    'casinoId', identity._casino(),
    'seals', coalesce(
      (
        select json_agg(
          json_build_object(
            'gamingDay', s.gaming_day,
            'sealedAt', (extract(epoch from s.sealed_at) * 1000000)::bigint::text,
            'players', s.players::text,
            'entries', s.entries::text,
            'merkleRoot', encode(s.merkle_root, 'hex'),
            'previousSeal', encode(s.previous_seal, 'hex'),
            'seal', encode(s.seal, 'hex'),
            'leaves', case when with_players then coalesce(
              (
                select json_agg(
                  json_build_array(l.player_id, l.entry_no::text, encode(l.entry_hash, 'hex'))
                  order by l.player_id
                )
                from ops.ledger_seal_leaf as l
                where l.casino_id = identity._casino() and l.gaming_day = s.gaming_day
              ),
              '[]'
            ) end
          )
          order by s.gaming_day
        )
        from ops.ledger_seal as s
        where s.casino_id = identity._casino()
          and (first_day is null or s.gaming_day >= first_day)
          and (last_day is null or s.gaming_day <= last_day)
      ),
      '[]'
    )
  ));
end
$$;

alter function ops._export_seals(date, date, boolean) owner to ops_service;
revoke all on function ops._export_seals(date, date, boolean) from public;

comment on function ops._export_seals(date, date, boolean) is
  'What ops.export_seals gives, for the running call''s casino.';
