-- What adding a note to a player gives back. The key of the command is the note's: a note added
-- twice with one key is one note.

create type floor.player_note_result as (
  player_note floor.player_note,
  replayed boolean
);

alter type floor.player_note_result owner to pit_owner;

comment on type floor.player_note_result is
  'The note, and whether it is an earlier result given again.';
