import { MOST_SAID } from '../../matches/chat.js';

/** How the tables are laid out; a server refuses any other layout. */
export const LAYOUT = 1;

/**
 * - `ludus_server`: one row, which layout this is and which server last took the matches up
 * - `ludus_matches`: the card of every match, as JSON text
 * - `ludus_lines`: each game in progress, the lines of its journal in the order of `n`
 * - `ludus_chat`: what is said beside each game, the lines as JSON text in the order of `n`
 * - `ludus_records`: finished games, a record line each without its newline
 * - `ludus_private_records`: those of which nobody allows the use
 */
export const CREATE = `
  CREATE TABLE IF NOT EXISTS ludus_server (one boolean PRIMARY KEY CHECK (one), layout int NOT NULL, owner text NOT NULL);
  CREATE TABLE IF NOT EXISTS ludus_matches (match text PRIMARY KEY, card text NOT NULL);
  CREATE TABLE IF NOT EXISTS ludus_lines
    (match text NOT NULL, n bigint NOT NULL, line text NOT NULL, PRIMARY KEY (match, n));
  CREATE TABLE IF NOT EXISTS ludus_chat
    (match text NOT NULL, n bigint NOT NULL, line text NOT NULL, PRIMARY KEY (match, n));
  CREATE TABLE IF NOT EXISTS ludus_records
    (id text PRIMARY KEY, match text NOT NULL, stored timestamptz NOT NULL DEFAULT now(), record text NOT NULL);
  CREATE TABLE IF NOT EXISTS ludus_private_records (LIKE ludus_records INCLUDING ALL);
  CREATE INDEX IF NOT EXISTS ludus_records_match ON ludus_records (match);
  CREATE INDEX IF NOT EXISTS ludus_private_records_match ON ludus_private_records (match)`;

/** NOTE: a lock of the session, so that PostgreSQL lets go of it when the connection ends, however it ends. */
export const LOCK = `SELECT pg_try_advisory_lock(hashtext('ludus'), hashtext(coalesce(current_schema(), ''))) AS held`;

/** `$1` owner, `$2` layout. Gives the layout that is there. */
export const OWN = `
  INSERT INTO ludus_server (one, layout, owner) VALUES (true, $2, $1)
  ON CONFLICT (one) DO UPDATE SET owner = CASE WHEN ludus_server.layout = $2 THEN $1 ELSE ludus_server.owner END
  RETURNING layout`;

export const OWNER = 'SELECT owner FROM ludus_server';

/**
 * Everything that was written since the last flush, as one statement: it is there whole or not at all, and to send it
 * again where the answer was lost changes nothing.
 * `$1, $2`: journals to be cleared up to a number; `$3`: matches to be let go of; `$4, $5`: cards; `$6…$9`: records;
 * `$10…$12`: journal lines; `$13…$15`: what was said, of which the last lines are kept.
 */
export const FLUSH = `
  WITH cleared AS (
    DELETE FROM ludus_lines USING unnest($1::text[], $2::bigint[]) AS c(match, n)
    WHERE ludus_lines.match = c.match AND ludus_lines.n < c.n
  ), wiped AS (
    DELETE FROM ludus_matches WHERE match = ANY ($3::text[])
  ), silenced AS (
    DELETE FROM ludus_chat USING unnest($3::text[]) AS w(match) WHERE ludus_chat.match = w.match
  ), forgotten AS (
    DELETE FROM ludus_chat USING unnest($13::text[], $14::bigint[]) AS c(match, n)
    WHERE ludus_chat.match = c.match AND ludus_chat.n <= c.n - ${MOST_SAID}
  ), said AS (
    INSERT INTO ludus_chat (match, n, line) SELECT * FROM unnest($13::text[], $14::bigint[], $15::text[])
    ON CONFLICT (match, n) DO NOTHING
  ), cards AS (
    INSERT INTO ludus_matches (match, card) SELECT * FROM unnest($4::text[], $5::text[])
    ON CONFLICT (match) DO UPDATE SET card = excluded.card
  ), finished AS (
    SELECT * FROM unnest($6::text[], $7::text[], $8::boolean[], $9::text[]) AS f(id, match, private, record)
  ), records AS (
    INSERT INTO ludus_records (id, match, record) SELECT id, match, record FROM finished WHERE NOT private
    ON CONFLICT (id) DO NOTHING
  ), private_records AS (
    INSERT INTO ludus_private_records (id, match, record) SELECT id, match, record FROM finished WHERE private
    ON CONFLICT (id) DO NOTHING
  )
  INSERT INTO ludus_lines (match, n, line) SELECT * FROM unnest($10::text[], $11::bigint[], $12::text[])
  ON CONFLICT (match, n) DO NOTHING`;

export const CARDS = 'SELECT card FROM ludus_matches ORDER BY match';

export const LINES = 'SELECT match, n, line FROM ludus_lines ORDER BY match, n';

export const CHAT = 'SELECT match, n, line FROM ludus_chat ORDER BY match, n';

/** `$1`: what the record is looked for by. */
export function recordBy(column: 'id' | 'match'): string {
  return `
    SELECT record FROM ludus_records WHERE ${column} = $1
    UNION ALL SELECT record FROM ludus_private_records WHERE ${column} = $1 LIMIT 1`;
}
