-- Points as people read them, for explanations and statements: one form everywhere, whatever the
-- session's settings.

create or replace function loyalty._points_text(points numeric) returns text
language sql
stable
return to_char(points, 'FM999,999,999,999,999,999,990');

alter function loyalty._points_text(numeric) owner to loyalty_service;
revoke all on function loyalty._points_text(numeric) from public;

comment on function loyalty._points_text(numeric) is 'A whole number with commas: 12,345.';
