-- What an import led to for one player, for its report: the standing as it is now, and what of the
-- balance came from imports.

create type loyalty.imported_standing as (
  player_id uuid,
  current_balance bigint,
  lifetime_points bigint,
  tier text,
  entries bigint,
  points numeric,
  imported_points numeric
);

alter type loyalty.imported_standing owner to pit_owner;

comment on type loyalty.imported_standing is 'A player''s standing after an import.';
comment on column loyalty.imported_standing.points is 'Sum of all of the player''s entries.';
comment on column loyalty.imported_standing.imported_points is
  'Sum of the imported ones that were not reversed.';
