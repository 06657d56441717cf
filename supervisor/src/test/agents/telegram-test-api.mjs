// Serves the independent telegram-test-api on a free loopback port, which it prints.
// Usage: node telegram-test-api.mjs MODULES_FOLDER
// That server knows no long polling: a poll that finds nothing is held for a moment here.
import { createRequire } from "node:module";
import http from "node:http";

const TelegramServer = createRequire(process.argv[2] + "/")("telegram-test-api");
const server = new TelegramServer({});
const front = http.createServer((request, response) => {
  const poll = /\/getUpdates$/.test(request.url) && request.url.startsWith("/bot");
  const idle = poll && server.storage.userMessages.every((update) => update.isRead);
  setTimeout(() => server.webServer(request, response), idle ? 50 : 0);
});
front.listen(0, "127.0.0.1", () => console.log(front.address().port));
