-- Guards tables whose rows are records: no update, delete or truncate, whoever asks. Grants are
-- the first lock (no role that anyone can be at run time holds these privileges), this trigger
-- is the second. The trigger's argument is the error to raise (LYIMM, MTIMM, OPIMM). The function
-- belongs to pit_owner, because dropping it would drop the triggers with it.

create or replace function ops._append_only() returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform ops._refuse(tg_argv[0], array[tg_table_name::text]);
  return null;
end
$$;

alter function ops._append_only() owner to pit_owner;
revoke all on function ops._append_only() from public;
grant execute on function ops._refuse(text, text[], jsonb) to pit_owner;

comment on function ops._append_only() is
  'Statement trigger of append-only tables: raises the error named by its argument.';
