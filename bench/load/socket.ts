import { WebSocket } from 'ws';

/** A socket that has one message under way at a time. */
export type SocketClient = {
  /** Sends a message and gives the answer to it; what else arrives meanwhile is passed over. */
  readonly ask: (message: string) => Promise<string>;
  readonly close: () => void;
};

/** Opens a socket; with `greeted` it waits for the server's first message. `answers` start with this text. */
export async function openSocket(
  url: string,
  settings: { readonly token?: string; readonly greeted: boolean; readonly answerStart: string },
): Promise<SocketClient> {
  const protocols = ['fightjudge.v1', ...(settings.token === undefined ? [] : [settings.token])];
  const socket = new WebSocket(url.replace(/^http/, 'ws'), settings.greeted ? protocols : [], {
    perMessageDeflate: false,
  });
  let waiting: PromiseWithResolvers<string> | null = null;
  const opened = Promise.withResolvers<void>();
  const fail = (error: Error): void => {
    opened.reject(error);
    waiting?.reject(error);
    waiting = null;
  };
  socket.on('open', () => {
    if (!settings.greeted) opened.resolve();
  });
  socket.on('error', fail);
  socket.on('close', (code) => fail(new Error(`The socket closed with ${code}.`)));
  const { answerStart } = settings;
  socket.on('message', (data: Buffer) => {
    if (data.toString('latin1', 0, answerStart.length) === answerStart) {
      waiting?.resolve(data.toString('utf8'));
      waiting = null;
    } else if (data.toString('latin1', 0, 15) === '{"type":"hello"') opened.resolve();
    else if (data.toString('latin1', 0, 15) === '{"type":"error"') fail(new Error(data.toString('utf8')));
  });
  await opened.promise;
  return {
    ask: async (message) => {
      waiting = Promise.withResolvers();
      const answer = waiting.promise;
      socket.send(message);
      return await answer;
    },
    close: () => socket.terminate(),
  };
}
