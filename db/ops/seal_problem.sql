-- Something that no longer fits a seal: the day, and the player and the entry where the seal can
-- tell.

create type ops.seal_problem as (
  gaming_day date,
  player_id uuid,
  entry_no bigint,
  problem text,
  detail text
);

alter type ops.seal_problem owner to pit_owner;

comment on type ops.seal_problem is
  'A gaming day whose seal doesn''t hold, the player and the entry where it can be told, one word '
  'for it (entry_missing, entry_changed, leaves_changed, seal_changed, seal_missing, '
  'seal_unlinked, seal_unknown) and a sentence.';
