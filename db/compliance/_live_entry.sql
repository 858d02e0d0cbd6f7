-- What is in force of an entry that may have been corrected: the original, or its last
-- replacement, or nothing once it was voided.

create or replace function compliance._live_entry(original_entry_id uuid)
returns compliance.mtl_entry
language sql
stable
return (
  select l
  from compliance.mtl_entry as l
  where l.casino_id = identity._casino()
    and l.entry_role <> 'offset'
    and l.entry_id = coalesce(
      (
        select e.entry_id
        from compliance.mtl_entry as e
        where e.casino_id = identity._casino() and e.corrects_entry_id = original_entry_id
        order by e.correction_no desc, e.entry_role desc
        limit 1
      ),
      original_entry_id
    )
);

alter function compliance._live_entry(uuid) owner to compliance_service;
revoke all on function compliance._live_entry(uuid) from public;

comment on function compliance._live_entry(uuid) is
  'The original or replacement in force; null when the entry was voided.';
