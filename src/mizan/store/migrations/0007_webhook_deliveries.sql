-- What was sent to a webhook and how its receiver answered: the newest of each, older ones are deleted by a chore.
CREATE TABLE webhook_deliveries (
  webhook_id @int NOT NULL,
  delivery_id @int NOT NULL,
  at_us @int NOT NULL,                    -- when it was sent
  cause @text NOT NULL,                   -- event | replay | redelivery | test
  from_sequence @int NOT NULL,            -- of the first event, and of the last; 0 = none
  to_sequence @int NOT NULL,
  event_count @int NOT NULL,
  kinds @text NOT NULL,                   -- JSON list: of these events
  attempt_number @int NOT NULL,
  status @int NOT NULL,                   -- of the answer; 0 = there was none
  error @text NOT NULL,                   -- empty = it was taken
  duration_us @int NOT NULL,
  PRIMARY KEY (webhook_id, delivery_id)
) @clustered;
