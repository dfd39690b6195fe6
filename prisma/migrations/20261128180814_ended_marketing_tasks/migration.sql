-- A marketing task that is open as cooperation with its account ends is ended with it, by nobody.
-- Contracts: the two constraints are replaced by ones that allow more; 0.1.0 keeps to them.
ALTER TABLE marketing_tasks
  DROP CONSTRAINT marketing_tasks_state,
  DROP CONSTRAINT marketing_tasks_closed,
  ADD CONSTRAINT marketing_tasks_state CHECK (state IN ('open', 'done', 'dropped', 'ended')),
  ADD CONSTRAINT marketing_tasks_closed CHECK ((state = 'open') = (closed_at IS NULL) AND (state IN ('open', 'ended')) = (closed_by IS NULL));

UPDATE marketing_tasks t SET state = 'ended', closed_at = now() FROM accounts a WHERE a.id = t.account_id AND a.state = 'terminated' AND t.state = 'open';
