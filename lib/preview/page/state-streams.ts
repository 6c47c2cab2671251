import type { ServerResponse } from 'node:http';

/** Streams at the same time at most; a browser opens six to one server (RFC 9112 has no limit, browsers do). */
const MOST_STREAMS = 32;
/** Changes within this time are one: a frame of a screen with 60 Hz. */
const TOGETHER_MS = 16;
/** Silence after which a proxy or a tunnel may end a connection is 30 s at least. */
const HEARTBEAT_MS = 15_000;
/** How long a browser waits until it connects again. */
const RETRY_MS = 1000;

interface Stream {
  readonly response: ServerResponse;
  /** What was written is not sent yet. */
  isFull: boolean;
  /** The state changed meanwhile. */
  isBehind: boolean;
}

/**
 * Streams of server-sent events (HTML Living Standard, "Server-sent events") that each say what the state is now: at
 * once and after each change. Who reads slowly gets the newest state and none of those before.
 */
export class StateStreams {
  readonly #streams = new Set<Stream>();
  readonly #state: () => unknown;
  readonly #heartbeat: NodeJS.Timeout;
  #pending: NodeJS.Timeout | undefined;
  #lastId = 0;

  /** @param state gives the state, as JSON can say it. */
  constructor(state: () => unknown) {
    this.#state = state;
    this.#heartbeat = setInterval(() => this.#beat(), HEARTBEAT_MS);
  }

  /** Whether there is no room for one more. */
  get isFull(): boolean {
    return this.#streams.size >= MOST_STREAMS;
  }

  /** Starts a stream. @param response whose head is written, and no more. */
  open(response: ServerResponse): void {
    const stream: Stream = { response, isFull: false, isBehind: false };
    this.#streams.add(stream);
    response.on('close', () => this.#streams.delete(stream));
    response.on('drain', () => {
      stream.isFull = false;
      if (stream.isBehind) this.#send(stream, this.#event());
    });
    this.#send(stream, `retry: ${RETRY_MS}\n${this.#event()}`);
  }

  /** To be told after each change of the state. */
  changed(): void {
    this.#pending ??= setTimeout(() => {
      this.#pending = undefined;
      if (this.#streams.size === 0) return;
      const event = this.#event();
      for (const stream of this.#streams) this.#send(stream, event);
    }, TOGETHER_MS);
  }

  /** Stops the timers; the connections end with their server. */
  close(): void {
    clearInterval(this.#heartbeat);
    clearTimeout(this.#pending);
    this.#pending = undefined;
  }

  #event(): string {
    this.#lastId += 1;
    // JSON has no line breaks, which would end the line of data.
    return `id: ${this.#lastId}\nevent: state\ndata: ${JSON.stringify(this.#state())}\n\n`;
  }

  #send(stream: Stream, text: string): void {
    stream.isBehind = stream.isFull;
    if (!stream.isFull) stream.isFull = !stream.response.write(text);
  }

  #beat(): void {
    for (const stream of this.#streams) if (!stream.isFull) stream.response.write(':\n\n');
  }
}
