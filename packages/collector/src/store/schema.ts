/**
 * The store's layout, one step per schema version, forward only. A step that has been released is never edited.
 *
 * - `log` is append-only: one packed body per slot and commit (`core/ledger/packing.ts`), deflated where that is
 *   shorter (`body.ts`). `id` grows with every commit,
 *   so "what came after" is a range of it, and the index finds a slot's rows whatever commit brought them.
 * - `process` holds where each process's counters stood, packed in one body per process.
 * - `edge` and `point` are cumulative points: what all accounts come to before a time. They can be rebuilt from the log.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

  CREATE TABLE account (
    number INTEGER PRIMARY KEY, journey TEXT NOT NULL, step TEXT NOT NULL, service TEXT NOT NULL, role TEXT NOT NULL,
    UNIQUE (journey, step, service, role)
  ) STRICT;

  CREATE TABLE process (
    id TEXT PRIMARY KEY, service TEXT NOT NULL, identified INTEGER NOT NULL, started_at INTEGER, read_at INTEGER NOT NULL,
    baseline INTEGER NOT NULL, counts BLOB NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE log (
    id INTEGER PRIMARY KEY, slot INTEGER NOT NULL, width INTEGER NOT NULL, committed_at INTEGER NOT NULL, body BLOB NOT NULL
  ) STRICT;
  CREATE INDEX log_slot ON log (slot, id);

  CREATE TABLE note (
    id INTEGER PRIMARY KEY, at INTEGER NOT NULL, kind TEXT NOT NULL, process TEXT NOT NULL, service TEXT NOT NULL
  ) STRICT;

  CREATE TABLE edge (name TEXT PRIMARY KEY, at INTEGER, up_to INTEGER NOT NULL, body BLOB NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE point (at INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT;

  CREATE TABLE revision (at INTEGER PRIMARY KEY, fingerprint TEXT NOT NULL, targets TEXT NOT NULL) STRICT;

  CREATE TABLE episode (
    id TEXT PRIMARY KEY, number INTEGER NOT NULL UNIQUE, rule TEXT NOT NULL, level INTEGER NOT NULL, state TEXT NOT NULL,
    started_at INTEGER NOT NULL, episode TEXT NOT NULL, facts TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX episode_open ON episode (rule) WHERE state <> 'closed';

  CREATE TABLE timeline (
    id INTEGER PRIMARY KEY, episode TEXT NOT NULL REFERENCES episode (id), at INTEGER NOT NULL, transition TEXT NOT NULL
  ) STRICT;
  CREATE INDEX timeline_episode ON timeline (episode, id);
  CREATE INDEX timeline_at ON timeline (at);

  CREATE TABLE outbox (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, episode TEXT NOT NULL REFERENCES episode (id),
    receiver TEXT NOT NULL, kind TEXT NOT NULL, level INTEGER NOT NULL, facts TEXT NOT NULL, verdicts TEXT NOT NULL,
    created_at INTEGER NOT NULL, not_before INTEGER NOT NULL, state TEXT NOT NULL, attempts INTEGER NOT NULL,
    ambiguous INTEGER NOT NULL, degraded INTEGER NOT NULL, last_error TEXT, instead_of TEXT
  ) STRICT;
  CREATE INDEX outbox_owed ON outbox (receiver, episode, number) WHERE state IN ('waiting', 'sending');

  CREATE TABLE attempt (
    id INTEGER PRIMARY KEY, outbox TEXT NOT NULL REFERENCES outbox (id), started_at INTEGER NOT NULL,
    ended_at INTEGER NOT NULL, result TEXT NOT NULL, message TEXT
  ) STRICT;
  CREATE INDEX attempt_outbox ON attempt (outbox, id);

  CREATE TABLE incident_event (
    id INTEGER PRIMARY KEY, incident TEXT NOT NULL, at INTEGER NOT NULL, event TEXT NOT NULL
  ) STRICT;
  CREATE INDEX incident_event_incident ON incident_event (incident, id);

  CREATE TABLE fix_event (id INTEGER PRIMARY KEY, fix TEXT NOT NULL, at INTEGER NOT NULL, event TEXT NOT NULL) STRICT;
  CREATE INDEX fix_event_fix ON fix_event (fix, id);
  `,
  `
  -- When a process handed its final counters over; without it, whatever came after its last reading is in doubt.
  ALTER TABLE process ADD COLUMN ended_at INTEGER;

  -- A time in which a process may have counted what nobody was told. Settled when it was told after all.
  CREATE TABLE doubt (
    process TEXT PRIMARY KEY, service TEXT NOT NULL, from_at INTEGER NOT NULL, to_at INTEGER, pace TEXT NOT NULL,
    settled_at INTEGER
  ) STRICT, WITHOUT ROWID;

  -- The process that last answered at a target: when another one answers there, it is gone.
  CREATE TABLE place (source TEXT PRIMARY KEY, process TEXT NOT NULL) STRICT, WITHOUT ROWID;

  -- A stretch that is excluded from budgets. Never edited; withdrawn at most.
  CREATE TABLE correction (
    id INTEGER PRIMARY KEY, created_at INTEGER NOT NULL, author TEXT, reason TEXT NOT NULL, applies_to TEXT NOT NULL,
    from_at INTEGER NOT NULL, to_at INTEGER NOT NULL, zone TEXT NOT NULL, rrule TEXT,
    withdrawn_at INTEGER, withdrawn_by TEXT, withdrawn_reason TEXT
  ) STRICT;

  -- What was told of a month whose entries are no longer kept: its facts, as they were when the entries went.
  CREATE TABLE kept_month (month TEXT PRIMARY KEY, kept_at INTEGER NOT NULL, facts TEXT NOT NULL) STRICT, WITHOUT ROWID;
  `,
  `
  -- The process tells what was added, not what there is in all.
  ALTER TABLE process ADD COLUMN delta INTEGER NOT NULL DEFAULT 0;

  -- What was booked of added counts, so that a repeated push is known: packed numbers of series, account × 4 + outcome. Rows go
  -- with age; up to which time they may be gone stands in meta, because nothing from before it can be judged any more.
  CREATE TABLE delta (
    process TEXT NOT NULL, from_ns INTEGER NOT NULL, to_ns INTEGER NOT NULL, series BLOB NOT NULL,
    PRIMARY KEY (process, from_ns, to_ns)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX delta_to ON delta (to_ns);
  `,
  `
  -- Whose doing an excluded stretch was; of older ones nobody said.
  ALTER TABLE correction ADD COLUMN category TEXT NOT NULL DEFAULT 'other';

  -- The whole journeys file as it was in force, so that a closed month is told by it; of older revisions only targets are known.
  ALTER TABLE revision ADD COLUMN definition TEXT;
  `,
  `
  -- How long events took, a sum per UTC day and bucket; edges in milliseconds. For advice only.
  CREATE TABLE duration (
    day INTEGER NOT NULL, journey TEXT NOT NULL, step TEXT NOT NULL, service TEXT NOT NULL, edge REAL NOT NULL,
    events INTEGER NOT NULL, PRIMARY KEY (day, journey, step, service, edge)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- How far the past was read that somebody else keeps; milliseconds.
  CREATE TABLE past (
    source TEXT PRIMARY KEY, choice TEXT NOT NULL, since INTEGER NOT NULL, until INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- Since when the condition of a simple rule has held that must hold for a time before it rings.
  CREATE TABLE held_condition (rule TEXT PRIMARY KEY, since INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  `,
  `
  -- Not only alerts are told of: a notification has a topic, and an alert's topic is its id. What belongs to a table
  -- cannot be let go of in place, so both are written anew.
  CREATE TABLE owed (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, topic TEXT NOT NULL, receiver TEXT NOT NULL, kind TEXT NOT NULL,
    level INTEGER NOT NULL, facts TEXT NOT NULL, verdicts TEXT NOT NULL, created_at INTEGER NOT NULL,
    not_before INTEGER NOT NULL, state TEXT NOT NULL, attempts INTEGER NOT NULL, ambiguous INTEGER NOT NULL,
    degraded INTEGER NOT NULL, last_error TEXT, instead_of TEXT
  ) STRICT;
  INSERT INTO owed SELECT number, id, episode, receiver, kind, level, facts, verdicts, created_at, not_before, state,
    attempts, ambiguous, degraded, last_error, instead_of FROM outbox;
  CREATE TABLE tried (
    id INTEGER PRIMARY KEY, outbox TEXT NOT NULL REFERENCES owed (id), started_at INTEGER NOT NULL,
    ended_at INTEGER NOT NULL, result TEXT NOT NULL, message TEXT
  ) STRICT;
  INSERT INTO tried SELECT id, outbox, started_at, ended_at, result, message FROM attempt;
  DROP TABLE attempt;
  DROP TABLE outbox;
  ALTER TABLE owed RENAME TO outbox;
  ALTER TABLE tried RENAME TO attempt;
  CREATE INDEX attempt_outbox ON attempt (outbox, id);
  CREATE INDEX outbox_owed ON outbox (receiver, topic, number) WHERE state IN ('waiting', 'sending');
  CREATE INDEX outbox_topic ON outbox (topic, number);
  `,
  `
  -- Changes of the world that are told with alerts. What a deployment comes to may be told in parts, so its times are followed.
  CREATE TABLE annotation (
    id INTEGER PRIMARY KEY, identity TEXT UNIQUE, at INTEGER NOT NULL, created_at INTEGER NOT NULL, kind TEXT NOT NULL,
    title TEXT NOT NULL, author TEXT, service TEXT, journeys TEXT NOT NULL, url TEXT, deployment TEXT,
    withdrawn_at INTEGER, withdrawn_by TEXT, withdrawn_reason TEXT
  ) STRICT;
  CREATE INDEX annotation_at ON annotation (at);

  -- What was delivered by other systems lately, so that a repetition changes nothing.
  CREATE TABLE hook_delivery (
    hook TEXT NOT NULL, id TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (hook, id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX hook_delivery_at ON hook_delivery (at);
  `,
  `
  -- Practice: what was planned, and when it was. What came of it stands with its alerts.
  CREATE TABLE drill (
    number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, level INTEGER NOT NULL, what TEXT NOT NULL, plan TEXT NOT NULL,
    started_at INTEGER NOT NULL, started_by TEXT, ended_at INTEGER, ended_how TEXT, ended_by TEXT
  ) STRICT;
  `,
  `
  -- Who took an alert, until when, and what became of it: beside the transition, as JSON.
  ALTER TABLE timeline ADD COLUMN detail TEXT;

  -- When an episode has to be looked at again although nothing happens: the end of an ack, an escalation, a reminder.
  CREATE TABLE timer (
    episode TEXT NOT NULL REFERENCES episode (id), kind TEXT NOT NULL, step INTEGER NOT NULL, since INTEGER NOT NULL,
    due INTEGER NOT NULL, PRIMARY KEY (episode, kind, step)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX timer_due ON timer (due);
  `,
  `
  -- The last word about each alert that somebody else evaluates.
  CREATE TABLE foreign_alert (rule TEXT PRIMARY KEY, claim TEXT NOT NULL) STRICT, WITHOUT ROWID;
  `,
  `
  -- Who did what by the API: written before it is done, and marked afterwards. A key and its answer are kept for a day.
  CREATE TABLE command (
    id INTEGER PRIMARY KEY, at INTEGER NOT NULL, author TEXT, signed INTEGER NOT NULL, action TEXT NOT NULL, said TEXT NOT NULL,
    key TEXT UNIQUE, digest TEXT NOT NULL, done INTEGER NOT NULL, answer TEXT
  ) STRICT;
  CREATE INDEX command_at ON command (at);
  `,
  `
  -- What is not to be told of for a while: what was said of each silence, and work that was announced.
  CREATE TABLE silence_event (
    id INTEGER PRIMARY KEY, silence TEXT NOT NULL, at INTEGER NOT NULL, event TEXT NOT NULL
  ) STRICT;
  CREATE INDEX silence_event_silence ON silence_event (silence, id);
  CREATE TABLE maintenance (
    id INTEGER PRIMARY KEY, created_at INTEGER NOT NULL, created_by TEXT, reason TEXT NOT NULL, journeys TEXT NOT NULL,
    from_at INTEGER NOT NULL, to_at INTEGER NOT NULL, zone TEXT NOT NULL, rrule TEXT, ended_at INTEGER, ended_by TEXT
  ) STRICT;

  -- Every time that the gates were asked about a notification and said something else than before.
  CREATE TABLE decision (
    id INTEGER PRIMARY KEY, outbox TEXT NOT NULL REFERENCES outbox (id), at INTEGER NOT NULL, outcome TEXT NOT NULL,
    verdicts TEXT NOT NULL, reason TEXT
  ) STRICT;
  CREATE INDEX decision_outbox ON decision (outbox, id);
  ALTER TABLE outbox ADD COLUMN let_go_at INTEGER;
  CREATE INDEX outbox_gated ON outbox (number) WHERE state = 'gated';

  -- What waits for its hour is decided by the gates again, as everything is that they hold back.
  UPDATE outbox SET state = 'gated' WHERE state = 'waiting' AND attempts = 0 AND ambiguous = 0
    AND kind IN ('trigger', 'reminder', 'resolve', 'withdraw') AND verdicts LIKE '%"defer"%';
  `,
  `
  -- Digests that were made: one of a team, a period and a business day, whatever happens in between.
  CREATE TABLE digest (
    team TEXT NOT NULL, period TEXT NOT NULL, key TEXT NOT NULL, at INTEGER NOT NULL, how TEXT NOT NULL,
    PRIMARY KEY (team, period, key)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX outbox_digest ON outbox (topic) WHERE state = 'digest';
  `,
  `
  -- Troubles of the collector itself that last, so that each is told once, and its end to whoever knows of it.
  CREATE TABLE trouble (key TEXT PRIMARY KEY, trouble TEXT NOT NULL) STRICT, WITHOUT ROWID;
  `,
  `
  -- What a receiver calls the message that it took, where it can be edited.
  ALTER TABLE outbox ADD COLUMN provider_ref TEXT;
  `,
  `
  -- What a pager calls the incidents that our alerts opened there.
  CREATE TABLE pager_incident (id TEXT PRIMARY KEY, dedup_key TEXT NOT NULL, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  `,
  `
  -- What was recorded of each member's practice, by name.
  CREATE TABLE member_event (
    id INTEGER PRIMARY KEY, member TEXT NOT NULL, at INTEGER NOT NULL, event TEXT NOT NULL
  ) STRICT;
  CREATE INDEX member_event_member ON member_event (member, id);
  `,
  `
  -- How old what is known of each tracker is, and which of its tickets cannot be read.
  CREATE TABLE tracker_state (tracker TEXT PRIMARY KEY, state TEXT NOT NULL) STRICT, WITHOUT ROWID;
  `,
  `
  -- Monthly reports: what people said for them, what was frozen with every file of it, and drafts of what was not.
  CREATE TABLE report_remark (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, event TEXT NOT NULL) STRICT;
  CREATE TABLE issued_report (
    month TEXT NOT NULL, revision INTEGER NOT NULL, stamp TEXT NOT NULL, facts BLOB NOT NULL, PRIMARY KEY (month, revision)
  ) STRICT;
  CREATE TABLE report_file (
    month TEXT NOT NULL, revision INTEGER NOT NULL, name TEXT NOT NULL, sha256 TEXT NOT NULL, bytes INTEGER NOT NULL,
    body BLOB NOT NULL, PRIMARY KEY (month, revision, name)
  ) STRICT;
  CREATE TABLE report_draft (month TEXT PRIMARY KEY, at INTEGER NOT NULL, facts BLOB NOT NULL) STRICT;
  `,
]
