-- What adding a note gives back. The key of the command is the note's: a note added twice with
-- one key is one note.

create type compliance.audit_note_result as (
  mtl_audit_note compliance.mtl_audit_note,
  replayed boolean
);

alter type compliance.audit_note_result owner to pit_owner;

comment on type compliance.audit_note_result is
  'The note, and whether it is an earlier result given again.';
