-- The columns of each file of a legacy export, in the order in which ops.import_row keeps their
-- values, whatever their order in the file.

create or replace function ops._import_columns(file text) returns text[]
language sql
immutable
return case file
  when 'players' then '{card,first_name,last_name,birth_date,enrolled_at}'
  when 'history' then '{id,card,type,points,description,slip_id,created_at}'
  when 'slips' then '{slip_id,card,status,points,closed_at}'
  when 'balances' then '{card,balance,lifetime_points}'
end::text[];

alter function ops._import_columns(text) owner to ops_service;
revoke all on function ops._import_columns(text) from public;

comment on function ops._import_columns(text) is 'Names of a file''s columns; null: no such file.';
