-- Loses: that marketing tasks ended with their accounts; they are dropped, by who set them.
UPDATE marketing_tasks SET state = 'dropped', closed_by = set_by WHERE state = 'ended';

ALTER TABLE marketing_tasks
  DROP CONSTRAINT marketing_tasks_state,
  DROP CONSTRAINT marketing_tasks_closed,
  ADD CONSTRAINT marketing_tasks_state CHECK (state IN ('open', 'done', 'dropped')),
  ADD CONSTRAINT marketing_tasks_closed CHECK ((state = 'open') = (closed_at IS NULL) AND (closed_at IS NULL) = (closed_by IS NULL));
