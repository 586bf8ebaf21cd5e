import { make } from 'ludus';

const env = await make('kuhn-poker', { players: 2 });
let { observations } = await env.reset({ seed: 7 });
for (;;) {
  const moves = Object.fromEntries(
    Object.entries(observations).map(([seat, { space, rng }]) => [
      seat,
      space.kind === 'choice' ? rng.pick(space.options).id : '',
    ]),
  );
  const step = await env.step(moves);
  observations = step.observations;
  if (step.terminated || step.truncated) {
    console.log(step.info.outcome, step.rewards);
    break;
  }
}
