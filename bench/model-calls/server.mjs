import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';

/**
 * A model server that answers every chat completion after a while with the same choice, in the form that is asked for.
 * Arguments: milliseconds to wait, the choice, a file for the bodies of the first requests, how many of them.
 * Prints its port; ends when its standard input does.
 */
const [delayMs, choice, bodiesFile, keep] = process.argv.slice(2);
const inTag = answerOf(`<answer>${choice}</answer>`);
const inJson = answerOf(JSON.stringify({ answer: choice }));
const bodies = [];

const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const body = Buffer.concat(chunks);
    const { headers, text } = body.includes('"response_format"') ? inJson : inTag;
    if (bodies.length < Number(keep)) {
      bodies.push(body.toString('utf8'));
      if (bodies.length === Number(keep)) writeFileSync(bodiesFile, JSON.stringify(bodies));
    }
    setTimeout(() => response.writeHead(200, headers).end(text), Number(delayMs));
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', 4096, () => console.log(server.address().port));
process.stdin.on('end', () => process.exit(0)).resume();

function answerOf(content) {
  const text = JSON.stringify({
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 0,
    model: 'served',
    choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 200, completion_tokens: 10, total_tokens: 210 },
  });
  return { text, headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) } };
}
