import type { Answer, Shape } from '../asked.js';

/** Google's `generateContent`. */
export const google: Shape = {
  knows: (path) => path.endsWith(':generateContent'),
  write: (answer, asked) => ({
    candidates: [{ index: 0, content: { role: 'model', parts: partsOf(answer) }, finishReason: reasonOf(answer) }],
    usageMetadata: {
      promptTokenCount: answer.usage?.prompt ?? 0,
      candidatesTokenCount: answer.usage?.completion ?? 0,
      cachedContentTokenCount: answer.usage?.cached ?? 0,
      totalTokenCount: (answer.usage?.prompt ?? 0) + (answer.usage?.completion ?? 0),
    },
    modelVersion: `${/models\/([^:]+):/.exec(asked.path)?.[1]}-served`,
    responseId: `r${asked.index}`,
  }),
};

function partsOf({ text, reasoning, calls = [] }: Answer): object[] {
  return [
    ...(reasoning === undefined ? [] : [{ text: reasoning, thought: true }]),
    ...(text === undefined ? [] : [{ text }]),
    ...calls.map((call) => ({ functionCall: { name: call.name, args: argsOf(call.arguments) } })),
  ];
}

/** NOTE: this protocol cannot carry arguments that are no JSON; a server that has some sends them as a string. */
function argsOf(written: string): unknown {
  try {
    return JSON.parse(written);
  } catch {
    return written;
  }
}

function reasonOf({ finish, refusal }: Answer): string {
  if (refusal !== undefined || finish === 'filter') return 'SAFETY';
  return finish === 'length' ? 'MAX_TOKENS' : 'STOP';
}
