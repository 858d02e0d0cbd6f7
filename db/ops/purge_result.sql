-- What one call of the purge removed; its task calls again until there is nothing left.
-- Numbers alone: what was removed opens nothing and says nothing.

create type ops.purge_result as (
  sessions integer,
  jobs integer,
  finished boolean
);

alter type ops.purge_result owner to pit_owner;

comment on type ops.purge_result is
  'Sessions and jobs that were removed, and whether nothing is left to remove.';
