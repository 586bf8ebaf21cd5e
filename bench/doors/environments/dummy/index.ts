/** The environment that Aviary tries its own server with, as a task of ours. */
export { dummy as default } from '../../../../test/server/doors/dummy.js';
