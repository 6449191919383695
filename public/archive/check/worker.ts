import type { Task } from './protocol.ts';
import { serveTask } from './verifier.ts';

addEventListener('message', ({ data, ports: [port] }: MessageEvent<Task>) => {
  if (port !== undefined) void serveTask(port, data);
});
