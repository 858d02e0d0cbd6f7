import { createClient, type Client as SocketClient } from "graphql-ws";
import { WebSocket } from "ws";

export interface ApiError {
  readonly message: string;
  readonly path?: (string | number)[];
  readonly extensions: {
    readonly code?: string;
    readonly sqlstate?: string;
    readonly hint?: string;
    readonly details?: Record<string, unknown>;
    readonly errorId?: string;
    readonly correlationId?: string;
  };
}

export interface Answer<Data = unknown> {
  readonly status: number;
  readonly headers: Headers;
  readonly data: Data | null;
  readonly errors: readonly ApiError[];
}

export type Variables = Record<string, unknown>;

/** Thrown by what must succeed, with the error that it met instead. */
export class Refused extends Error {
  readonly error: ApiError | undefined;

  constructor(error: ApiError | undefined) {
    super(`${error?.extensions.code}: ${error?.message}`);
    this.error = error;
  }

  get code(): string | undefined {
    return this.error?.extensions.code;
  }
}

/** Somebody who sends requests over real HTTP. */
export class Client {
  readonly url: string;
  readonly token: string | undefined;

  constructor(url: string, token?: string) {
    this.url = url;
    this.token = token;
  }

  get headers(): Record<string, string> {
    return this.token === undefined ? {} : { cookie: `pit_session=${this.token}` };
  }

  /** The same person at another server. */
  at(url: string): Client {
    return new Client(url, this.token);
  }

  async post<Data = unknown>(body: unknown, headers: Record<string, string> = {}): Promise<Answer<Data>> {
    const response = await fetch(`${this.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", ...this.headers, ...headers },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
    const { data = null, errors = [] } = (await response.json()) as Partial<Answer<Data>>;
    return { status: response.status, headers: response.headers, data, errors };
  }

  ask<Data = unknown>(
    query: string,
    variables: Variables = {},
    headers: Record<string, string> = {},
  ): Promise<Answer<Data>> {
    return this.post({ query, variables }, headers);
  }

  /** The data of an operation that must succeed. */
  async get<Data>(query: string, variables: Variables = {}): Promise<Data> {
    const { data, errors } = await this.ask<Data>(query, variables);
    if (errors[0] || data === null) throw new Refused(errors[0]);
    return data;
  }

  /** The one error of an operation that must fail. */
  async refused(query: string, variables: Variables = {}): Promise<ApiError> {
    const { errors } = await this.ask(query, variables);
    const [error, ...more] = errors;
    if (!error || more.length > 0) throw new Error(`Expected one error, not ${errors.length}.`);
    return error;
  }

  socket(headers: Record<string, string> = {}): SocketClient {
    const all = { ...this.headers, ...headers };
    return createClient({
      url: `${this.url.replace("http", "ws")}/graphql`,
      lazy: true,
      retryAttempts: 0,
      webSocketImpl: class extends WebSocket {
        constructor(address: string, protocols: string | string[]) {
          super(address, protocols, { headers: all });
        }
      },
    });
  }
}
