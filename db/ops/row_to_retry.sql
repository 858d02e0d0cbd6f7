-- A quarantined row that is to be tried again: the values that count now, and the number of the
-- attempt.

create type ops.row_to_retry as (
  import_quarantine_id uuid,
  retry_no integer,
  file text,
  row_no integer,
  fields text[],
  request_fingerprint bytea
);

alter type ops.row_to_retry owner to pit_owner;

comment on type ops.row_to_retry is 'A quarantined row before its next attempt.';
