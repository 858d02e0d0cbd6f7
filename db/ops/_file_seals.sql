-- Reads a file of seals that somebody has kept. What isn't one is refused rather than half read: a
-- file that can't be checked must not look like one that fits.

create or replace function ops._file_seals(file jsonb)
returns table (
  gaming_day date,
  sealed_at bigint,
  players bigint,
  entries bigint,
  merkle_root bytea,
  previous_seal bytea,
  seal bytea,
  leaves jsonb
)
language plpgsql
stable
set search_path = ''
as $$
begin
  if jsonb_typeof(file) is distinct from 'object'
    or file ->> 'format' is distinct from 'pitledger-seals-1'
    or jsonb_typeof(file -> 'seals') is distinct from 'array'
  then
    perform ops._refuse('OPSFL', array['it is not one']);
  end if;
  if file -> 'casinoId' is distinct from to_jsonb(identity._casino()) then
    perform ops._refuse('OPSFL', array['it is another casino''s']);
  end if;
  if jsonb_array_length(file -> 'seals') = 0 then
    perform ops._refuse('OPSFL', array['it holds no seal']);
  end if;
  return query
  select
    (s ->> 'gamingDay')::date, (s ->> 'sealedAt')::bigint, (s ->> 'players')::bigint,
    (s ->> 'entries')::bigint, decode(s ->> 'merkleRoot', 'hex'),
    decode(s ->> 'previousSeal', 'hex'), decode(s ->> 'seal', 'hex'),
    coalesce(nullif(s -> 'leaves', 'null'), '[]')
  from jsonb_array_elements(file -> 'seals') as s;
exception when data_exception then
  perform ops._refuse('OPSFL', array[sqlerrm]);
end
$$;

alter function ops._file_seals(jsonb) owner to ops_service;
revoke all on function ops._file_seals(jsonb) from public;

comment on function ops._file_seals(jsonb) is
  'The seals of a file that ops.export_seals has written, for the running call''s casino. Error: '
  'OPSFL.';
