-- Tells a repeated request from another one with the same key. JSON in PostgreSQL's own form has
-- one text for one value, whatever the order of its fields.

create or replace function ops._fingerprint(request jsonb) returns bytea
language sql
stable
return sha256(convert_to(request::text, 'UTF8'));

alter function ops._fingerprint(jsonb) owner to ops_service;
revoke all on function ops._fingerprint(jsonb) from public;
grant execute on function ops._fingerprint(jsonb)
to identity_service, floor_service, loyalty_service, compliance_service;

comment on function ops._fingerprint(jsonb) is
  'SHA-256 of a request: a JSON array of the command and its arguments.';
