-- The supervisor's durable state. Every statement is idempotent and runs at each start.

-- raw updates of a chat, stored before they are acknowledged to its server
CREATE TABLE IF NOT EXISTS inbox (
  bot TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  update_id INTEGER NOT NULL,
  raw TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  done INTEGER NOT NULL DEFAULT 0,
  outcome TEXT,
  PRIMARY KEY (bot, epoch, update_id)
);
CREATE INDEX IF NOT EXISTS inbox_pending ON inbox (bot, done, epoch, update_id);
CREATE INDEX IF NOT EXISTS inbox_update ON inbox (bot, update_id);

-- where a bot's next poll begins
CREATE TABLE IF NOT EXISTS poll (
  bot TEXT PRIMARY KEY,
  epoch INTEGER NOT NULL,
  next_offset INTEGER NOT NULL
);

-- everything that is to be shown in a chat
CREATE TABLE IF NOT EXISTS outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  chat TEXT NOT NULL,
  room TEXT NOT NULL,
  thread TEXT,
  session TEXT,
  kind TEXT NOT NULL,
  body TEXT NOT NULL,
  file TEXT,
  name TEXT,
  reply_to TEXT,
  state TEXT NOT NULL,
  repeated INTEGER NOT NULL DEFAULT 0,
  parts_sent INTEGER NOT NULL DEFAULT 0,
  attempts INTEGER NOT NULL DEFAULT 0,
  not_before INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  error TEXT
);
CREATE INDEX IF NOT EXISTS outbox_state ON outbox (chat, state, id);

-- which rows of the outbox are cards, their buttons, and the chat's id of the message that has them
CREATE TABLE IF NOT EXISTS card (
  row INTEGER PRIMARY KEY,
  buttons TEXT NOT NULL,
  message_id TEXT
);

-- what each button does, once
CREATE TABLE IF NOT EXISTS button (
  action TEXT PRIMARY KEY,
  command TEXT NOT NULL,
  subject TEXT NOT NULL,
  hash TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  used_key TEXT,
  used_by TEXT,
  used_at INTEGER
);

-- dialogs of agents that operators may decide: what is asked, and what was decided by whom
CREATE TABLE IF NOT EXISTS prompt (
  id TEXT PRIMARY KEY,
  session TEXT NOT NULL,
  generation INTEGER NOT NULL,
  call_key TEXT NOT NULL,
  hash TEXT NOT NULL,
  payload TEXT NOT NULL,
  asked_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  expiry_denies INTEGER NOT NULL,
  state TEXT NOT NULL,
  decision TEXT,
  decided_by TEXT,
  decided_at INTEGER,
  UNIQUE (session, call_key)
);
CREATE INDEX IF NOT EXISTS prompt_state ON prompt (state, session, asked_at);

-- what has been chosen of dialogs that take more than one choice
CREATE TABLE IF NOT EXISTS pick (
  prompt TEXT NOT NULL,
  question INTEGER NOT NULL,
  option INTEGER NOT NULL,
  PRIMARY KEY (prompt, question, option)
);

-- which session each delivered message speaks of, so that a reply to it finds its way
CREATE TABLE IF NOT EXISTS delivered (
  chat TEXT NOT NULL,
  room TEXT NOT NULL,
  message_id TEXT NOT NULL,
  session TEXT,
  delivered_at INTEGER NOT NULL,
  PRIMARY KEY (chat, room, message_id)
);

-- who asked for what, and what came of it
CREATE TABLE IF NOT EXISTS audit (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  chat TEXT NOT NULL,
  user TEXT NOT NULL,
  action TEXT NOT NULL,
  outcome TEXT NOT NULL
);

-- what is remembered of each session over a restart of the supervisor
CREATE TABLE IF NOT EXISTS session (
  name TEXT PRIMARY KEY,
  desired TEXT NOT NULL,
  generation INTEGER NOT NULL,
  restarts INTEGER NOT NULL,
  conversation TEXT,
  transcript TEXT,
  prompted INTEGER NOT NULL,
  turn_open INTEGER NOT NULL,
  tool TEXT,
  token_hash TEXT NOT NULL,
  verdict TEXT
);

-- what each session's latest turn was about, and the limit of the model's side that ended it
CREATE TABLE IF NOT EXISTS last_turn (
  name TEXT PRIMARY KEY,
  ours INTEGER NOT NULL,
  limited TEXT,
  limited_until INTEGER,
  limited_source TEXT,
  limited_at INTEGER
);

-- which of each session's children was heard to begin its conversation
CREATE TABLE IF NOT EXISTS greeting (
  name TEXT PRIMARY KEY,
  greeted INTEGER NOT NULL
);

-- the keys of the hooks of each session that were heard last
CREATE TABLE IF NOT EXISTS heard_hooks (
  name TEXT PRIMARY KEY,
  hook_keys TEXT NOT NULL
);

-- messages to sessions; place orders a queue, the lowest first
CREATE TABLE IF NOT EXISTS message (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  session TEXT NOT NULL,
  place INTEGER NOT NULL,
  key TEXT NOT NULL UNIQUE,
  text TEXT NOT NULL,
  chat TEXT,
  room TEXT,
  thread TEXT,
  message_id TEXT,
  stage TEXT NOT NULL,
  stored_at INTEGER NOT NULL,
  advanced_at INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS message_queue ON message (session, stage, place);

-- what was seen of messages on their way: when each was typed, and what proved it or was seen instead of a proof
CREATE TABLE IF NOT EXISTS delivery (
  message INTEGER PRIMARY KEY,
  typed_at INTEGER,
  evidence TEXT
);

-- what agents asked their operators
CREATE TABLE IF NOT EXISTS question (
  id TEXT PRIMARY KEY,
  session TEXT NOT NULL,
  call_key TEXT NOT NULL,
  text TEXT NOT NULL,
  asked_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  state TEXT NOT NULL,
  answer TEXT,
  UNIQUE (session, call_key)
);

-- which start of a session's child asked a question
CREATE TABLE IF NOT EXISTS asker (
  question TEXT PRIMARY KEY,
  generation INTEGER NOT NULL
);

-- what the card of a question shows: its answers to choose from, and the hash that its buttons are bound to
CREATE TABLE IF NOT EXISTS question_card (
  question TEXT PRIMARY KEY,
  options TEXT NOT NULL,
  hash TEXT NOT NULL
);

-- what was given to a waiting call, so that the same call repeated gets the same
CREATE TABLE IF NOT EXISTS reply (
  session TEXT NOT NULL,
  call_key TEXT NOT NULL,
  text TEXT NOT NULL,
  given_at INTEGER NOT NULL,
  PRIMARY KEY (session, call_key)
);

-- the message that such a reply was, where it was queued before
CREATE TABLE IF NOT EXISTS reply_message (
  session TEXT NOT NULL,
  call_key TEXT NOT NULL,
  message INTEGER NOT NULL,
  PRIMARY KEY (session, call_key)
);

-- questions whose asker's client has given up waiting
CREATE TABLE IF NOT EXISTS unheard_question (
  question TEXT PRIMARY KEY
);

-- where an answer was written that no call waited for, until the agent has it
CREATE TABLE IF NOT EXISTS kept_answer (
  question TEXT PRIMARY KEY,
  chat TEXT NOT NULL,
  room TEXT NOT NULL,
  thread TEXT,
  message_id TEXT NOT NULL
);

-- questions whose answer a call waits for, or waited for when a supervisor ended
CREATE TABLE IF NOT EXISTS awaited_question (
  question TEXT PRIMARY KEY
);

-- MCP sessions of agents' clients, which keep them over a restart of the supervisor
CREATE TABLE IF NOT EXISTS mcp_session (
  id TEXT PRIMARY KEY,
  session TEXT NOT NULL,
  generation INTEGER NOT NULL,
  initialize TEXT NOT NULL,
  opened_at INTEGER NOT NULL
);

-- calls that waited, for clients that ask for the rest of a lost stream
CREATE TABLE IF NOT EXISTS mcp_call (
  key TEXT PRIMARY KEY,
  session TEXT NOT NULL,
  generation INTEGER NOT NULL,
  mcp_session TEXT NOT NULL,
  message TEXT NOT NULL,
  since INTEGER NOT NULL
);

-- what lets MCP clients use a session's tools that are not its child
CREATE TABLE IF NOT EXISTS bridge_token (
  hash TEXT PRIMARY KEY,
  session TEXT NOT NULL,
  made_at INTEGER NOT NULL
);

-- keys of what must happen once, such as the answer of a turn that a hook reports twice
CREATE TABLE IF NOT EXISTS once (
  key TEXT PRIMARY KEY,
  at INTEGER NOT NULL
);

-- single values of the supervisor's own
CREATE TABLE IF NOT EXISTS setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
);

-- sessions that make no sound, and until when
CREATE TABLE IF NOT EXISTS mute (
  session TEXT PRIMARY KEY,
  until INTEGER NOT NULL
);

-- as which message each thing that goes on is shown
CREATE TABLE IF NOT EXISTS live (
  chat TEXT NOT NULL,
  room TEXT NOT NULL,
  name TEXT NOT NULL,
  message_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (chat, room, name)
);

-- which thread of a room belongs to which session
CREATE TABLE IF NOT EXISTS topic (
  chat TEXT NOT NULL,
  room TEXT NOT NULL,
  session TEXT NOT NULL,
  thread TEXT NOT NULL,
  title TEXT NOT NULL,
  PRIMARY KEY (chat, room, session)
);

-- people who joined with a code, and the code that the next one may join with
CREATE TABLE IF NOT EXISTS member (
  chat TEXT NOT NULL,
  user TEXT NOT NULL,
  role TEXT NOT NULL,
  joined_at INTEGER NOT NULL,
  PRIMARY KEY (chat, user)
);
CREATE TABLE IF NOT EXISTS invitation (
  chat TEXT PRIMARY KEY,
  code TEXT NOT NULL,
  role TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  guesses INTEGER NOT NULL
);

-- what opens the sessions to operators' own MCP clients; project is the only one that a token reaches
CREATE TABLE IF NOT EXISTS remote_token (
  name TEXT PRIMARY KEY,
  hash TEXT NOT NULL UNIQUE,
  scope TEXT NOT NULL,
  project TEXT,
  made_at INTEGER NOT NULL,
  expires_at INTEGER
);
