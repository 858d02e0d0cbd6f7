-- Where the second half of a batch begins: after the last row of the player in the middle, so that
-- both halves can be posted side by side. What is one chunk anyway has one half.

create or replace function ops._halfway(
  import_batch_id uuid,
  rows_to_post bigint,
  chunk_rows integer default 20000
) returns bigint
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
begin
  return coalesce(
    (
      select p.position - 1
      from ops.import_posting as p
      where p.casino_id = identity._casino()
        and p.import_batch_id = _halfway.import_batch_id
        and p.position > _halfway.rows_to_post / 2
        and _halfway.rows_to_post > chunk_rows
        and p.player_id <> (
          select m.player_id
          from ops.import_posting as m
          where m.casino_id = identity._casino()
            and m.import_batch_id = _halfway.import_batch_id
            and m.position = _halfway.rows_to_post / 2
        )
      order by p.position
      limit 1
    ),
    rows_to_post
  );
end
$$;

alter function ops._halfway(uuid, bigint, integer) owner to ops_service;
revoke all on function ops._halfway(uuid, bigint, integer) from public;

comment on function ops._halfway(uuid, bigint, integer) is
  'Position of the last row of the first half; the last of all when there is only one.';
