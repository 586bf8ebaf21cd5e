/**
 * The types of a record's fields, stated: nothing is guessed from the first lines, and no key is filled with nulls.
 * NOTE: only of what the views show. Ids of tokens are most of a record, and here it matters only whether there are any.
 */
const CALL = `STRUCT("model" VARCHAR, "parameters" JSON, "messages" INTEGER[], "reply" JSON,
  "usage" STRUCT("promptTokens" BIGINT, "completionTokens" BIGINT, "cachedTokens" BIGINT, "reasoningTokens" BIGINT, "cost" DOUBLE),
  "tokens" STRUCT("unread" BOOLEAN))`;
const TRY = `STRUCT("failure" VARCHAR, "reason" VARCHAR, "thought" VARCHAR, "reply" STRUCT("text" VARCHAR), "calls" ${CALL}[])`;
const DECIDED = `STRUCT("move" JSON, "substituted" BOOLEAN, "by" VARCHAR, "thought" VARCHAR, "candidates" JSON,
  "reply" STRUCT("text" VARCHAR, "truncated" BOOLEAN), "calls" ${CALL}[], "tries" ${TRY}[], "ms" DOUBLE)`;

const COLUMNS: { readonly [column: string]: string } = {
  id: 'VARCHAR',
  environment: 'STRUCT("id" VARCHAR, "version" VARCHAR, "config" JSON)',
  seed: 'VARCHAR',
  seats: 'JSON[]',
  started: 'VARCHAR',
  parent: 'STRUCT("id" VARCHAR, "step" INTEGER)',
  steps: `STRUCT("seats" MAP(VARCHAR, ${DECIDED}), "chance" JSON, "answers" JSON, "rewards" JSON, "hash" VARCHAR, "at" DOUBLE)[]`,
  end: 'STRUCT("how" VARCHAR, "outcome" VARCHAR, "paid" JSON[], "returns" DOUBLE[], "error" VARCHAR, "at" DOUBLE)',
};

/** The most bytes of one record. NOTE: each thread of DuckDB holds two such buffers from the start. */
const LINE_BYTES = 32 << 20;

/**
 * The statements that make the views of records:
 * - `episodes`: one row a record
 * - `seats`: one row a seat of a record
 * - `steps`: one row a decision of a seat, and one with `seat` null for each step that chance or the outside made
 * - `calls`: one row a call of a model, failed tries included
 * Lines that are no records are passed over.
 */
export function viewsOver(files: readonly string[]): string[] {
  const columns = Object.entries(COLUMNS).map(([name, type]) => `${quoted(name)}: ${quoted(type)}`);
  const list = files.map(quoted).join(', ');
  const source = `read_ndjson([${list}], columns = {${columns.join(', ')}}, ignore_errors = true, maximum_object_size = ${LINE_BYTES})`;
  return [`CREATE VIEW records AS SELECT * FROM ${source} WHERE id IS NOT NULL`, EPISODES, SEATS, TURNS, STEPS, CALLS];
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

const EPISODES = `CREATE VIEW episodes AS SELECT
  id AS episode, environment.id AS environment, environment.version AS version, environment.config AS config, seed,
  TRY_CAST(started AS TIMESTAMP) AS started, len(seats) AS seats, len(steps) AS steps, "end".how AS how,
  "end".outcome AS outcome, "end".at AS ms, "end".error AS error, parent.id AS parent, parent.step AS parent_step
  FROM records`;

const SEATS = `CREATE VIEW seats AS SELECT
  id AS episode, environment.id AS environment, seed, seat, seats[seat + 1] ->> 'agent' AS agent,
  seats[seat + 1] AS manifest, "end".returns[seat + 1] AS return, "end".paid[seat + 1] AS paid, "end".how AS how
  FROM (SELECT *, unnest(range(len(seats))) AS seat FROM records)`;

/** Steps with the decisions of their seats side by side; not for users. */
const TURNS = `CREATE VIEW turns AS SELECT
  *, CAST(decision.key AS INTEGER) AS seat, decision.value AS decided
  FROM (SELECT *, unnest(CASE WHEN cardinality(played.seats) > 0 THEN map_entries(played.seats) ELSE [NULL] END) AS decision
    FROM (SELECT id, environment, seats, unnest(steps) AS played, unnest(range(len(steps))) AS step FROM records))`;

const STEPS = `CREATE VIEW steps AS SELECT
  id AS episode, environment.id AS environment, step, seat, seats[seat + 1] ->> 'agent' AS agent, decided.move ->> '$' AS move,
  coalesce(decided.substituted, false) AS substituted, decided."by" AS stand_in, coalesce(len(decided.tries), 0) AS failed_tries,
  list_transform(decided.tries, lambda tried: tried.failure) AS failures, decided.thought AS thought,
  decided.reply."text" AS reply, coalesce(len(decided.calls), 0) AS calls, decided.ms AS ms,
  json_extract(played.rewards, '$."' || seat || '"') AS rewards, played.chance AS chance, played.answers AS answers,
  played.hash AS hash, played.at AS at
  FROM turns`;

const CALLS = `CREATE VIEW calls AS SELECT
  id AS episode, environment.id AS environment, step, seat, agent, "try", call.model AS model,
  call.parameters AS parameters, call.reply AS reply, call.usage.promptTokens AS prompt_tokens,
  call.usage.completionTokens AS completion_tokens, call.usage.cachedTokens AS cached_tokens, call.usage.cost AS cost,
  call.tokens IS NOT NULL AS has_ids, len(call.messages) AS messages
  FROM (SELECT id, environment, step, seat, agent, tries."try", unnest(tries.calls) AS call
    FROM (SELECT id, environment, step, seat, seats[seat + 1] ->> 'agent' AS agent, unnest(list_append(
      list_transform(coalesce(decided.tries, []), lambda tried, place: {'try': place, 'calls': tried.calls}),
      {'try': coalesce(len(decided.tries), 0) + 1, 'calls': decided.calls})) AS tries
      FROM turns WHERE seat IS NOT NULL))`;
