/**
 * `checkpoint_leaf` is the log: the leaf's bytes are the note's, `hash` their leaf hash (hex); `bout_id` is null for a
 * checkpoint of the deployment's own ledger. `log_node` holds the roots of full tiles, `level` as in a tile's path, so
 * that no reader of a long log needs more than 256 rows. `log_checkpoint` holds what was signed; what has no
 * `published_ms` has not left this object; `key` is the deployment's key that signed it. `root` is base64 everywhere, as it stands in a checkpoint.
 */
export const LOG_TABLES = `CREATE TABLE checkpoint_leaf (
  idx INTEGER PRIMARY KEY, note TEXT NOT NULL, hash TEXT NOT NULL, bout_id TEXT, size INTEGER NOT NULL, root TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX checkpoint_leaf_of ON checkpoint_leaf (bout_id, size);
CREATE TABLE log_node (
  level INTEGER NOT NULL, idx INTEGER NOT NULL, hash TEXT NOT NULL, PRIMARY KEY (level, idx)
) STRICT, WITHOUT ROWID;
CREATE TABLE log_checkpoint (
  size INTEGER PRIMARY KEY, root TEXT NOT NULL, note TEXT NOT NULL, frontier TEXT NOT NULL, key TEXT NOT NULL,
  signed_ms INTEGER NOT NULL, published_ms INTEGER
) STRICT;
CREATE TABLE ledger_checkpoint (
  id INTEGER PRIMARY KEY CHECK (id = 1), size INTEGER NOT NULL, note TEXT NOT NULL, frontier TEXT NOT NULL
) STRICT;
CREATE TABLE log_key (id INTEGER PRIMARY KEY CHECK (id = 1), key TEXT NOT NULL) STRICT;
CREATE TABLE cosignature (
  size INTEGER NOT NULL, witness TEXT NOT NULL, line TEXT NOT NULL, PRIMARY KEY (size, line)
) STRICT, WITHOUT ROWID;
CREATE TABLE witness (
  name TEXT PRIMARY KEY, size INTEGER NOT NULL, cosigned_ms INTEGER, finding TEXT, found_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE TABLE job (id TEXT PRIMARY KEY, due_ms INTEGER NOT NULL, attempts INTEGER NOT NULL) STRICT`;
