-- Enter migration here

-- What runs in a pit is summed by the database.
--! include floor/_pits.sql
--! include loyalty/_running_play.sql
--! include loyalty/running_play.sql
--! include loyalty/pit_play.sql
--! include loyalty/running_play_by_pit.sql
