-- Whether a draft could be published: writes its versions and takes that back again, so that the
-- tables' own rules decide and not a copy of them. Their names are sentences and become the
-- refusal.

create or replace function loyalty._check_draft(draft loyalty.loyalty_draft) returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_rule text;
  v_column text;
  v_message text;
begin
  if draft.effective_from <= now() or not isfinite(draft.effective_from) then
    perform ops._refuse('LYVER', array['they would have begun before now']);
  end if;
  begin
    perform loyalty._put_in_force(draft);
    perform ops._refuse('LYVER', array['this was a trial']);
  exception
    when sqlstate 'LYVER' then
      return;
    when integrity_constraint_violation then
      get stacked diagnostics
        v_rule = constraint_name, v_column = column_name, v_message = message_text;
      v_message := coalesce(
        replace(nullif(v_rule, ''), '_', ' '), format('"%s" is missing', v_column)
      );
    when data_exception then
      get stacked diagnostics v_message = message_text;
  end;
  perform ops._refuse('LYVER', array[v_message]);
end
$$;

alter function loyalty._check_draft(loyalty.loyalty_draft) owner to loyalty_service;
revoke all on function loyalty._check_draft(loyalty.loyalty_draft) from public;

comment on function loyalty._check_draft(loyalty.loyalty_draft) is
  'Refuses a draft that could not be published as it is now. Error: LYVER, with the rule broken.';
