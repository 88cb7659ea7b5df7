import { createServer } from "node:net";

/**
 * @param {number} port 0 lets the system choose
 * @param {string} host
 * @returns {Promise<number | undefined>} the port when it is free
 */
function tryPort(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(undefined));
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : undefined));
    });
  });
}

/**
 * A port nobody listens on: the preferred one, else whichever the system gives.
 * @param {number} [preferred]
 * @param {string} [host]
 */
export async function freePort(preferred = 0, host = "127.0.0.1") {
  const port = (await tryPort(preferred, host)) ?? (await tryPort(0, host));
  if (port === undefined) throw new Error("Không tìm được cổng mạng trống.");
  return port;
}

/**
 * The first free port from `first` upwards.
 * @param {number} first
 * @param {string} [host]
 */
export async function firstFreePort(first, host = "127.0.0.1") {
  for (let port = first; port < Math.min(first + 200, 65536); port += 1) {
    if ((await tryPort(port, host)) !== undefined) return port;
  }
  throw new Error(`Các cổng từ ${first} đến ${first + 199} đều đang bận.`);
}
