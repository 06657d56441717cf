// An independent client's view of TelegramStandIn: prints "ok" when every rule held, else throws.
// Usage: node grammy-check.mjs API_ROOT TOKEN USER GRAMMY_FOLDER
import assert from "node:assert/strict";
import { createRequire } from "node:module";

const [root, token, user, folder] = process.argv.slice(2);
const { Bot, HttpError, InputFile, GrammyError } = createRequire(folder + "/")("grammy");
const me = Number(user);
const bot = new Bot(token, { client: { apiRoot: root } });

async function refused(call, code, words) {
  try {
    await call;
  } catch (error) {
    assert(error instanceof GrammyError, String(error));
    assert.equal(error.error_code, code);
    assert.match(error.description, words);
    return error;
  }
  assert.fail(`not refused: ${words}`);
}

assert.equal((await bot.api.getMe()).is_bot, true);
await bot.api.setMyCommands([{ command: "status", description: "shows it" }]);
assert.equal((await bot.api.getMyCommands())[0].command, "status");
await refused(bot.api.setMyCommands([{ command: "Bad Name", description: "x" }]), 400, /BOT_COMMAND_INVALID/);

const sent = await bot.api.sendMessage(me, "a 😀 b", { entities: [{ type: "bold", offset: 2, length: 2 }] });
assert.equal(sent.text, "a 😀 b");
await bot.api.sendMessage(me, "x".repeat(4096));
await refused(bot.api.sendMessage(me, "x".repeat(4097)), 400, /too long/);
await refused(bot.api.sendMessage(me, " "), 400, /empty/);
await refused(bot.api.sendMessage(me, "a", { entities: [{ type: "bold", offset: 0, length: 2 }] }), 400, /entities/);
await refused(bot.api.sendMessage(me, "a", { reply_parameters: { message_id: 1 } }), 400, /replied not found/);
const edited = await bot.api.editMessageText(me, sent.message_id, "other");
assert.equal(edited.text, "other");
await refused(bot.api.editMessageText(me, sent.message_id, "other"), 400, /message is not modified/);
await bot.api.setMessageReaction(me, sent.message_id, [{ type: "emoji", emoji: "👀" }]);
await refused(bot.api.setMessageReaction(me, sent.message_id, [{ type: "emoji", emoji: "✅" }]), 400, /REACTION_INVALID/);
const document = await bot.api.sendDocument(me, new InputFile(Buffer.from("content é"), "a b.txt"), { caption: "c" });
assert.equal(document.document.file_name, "a b.txt");
await refused(bot.api.answerCallbackQuery("nothing"), 400, /query is too old/);
await refused(new Bot(token + "x", { client: { apiRoot: root } }).api.getMe(), 401, /Unauthorized/);

// what goes wrong, as the test has arranged it for this method
const flood = await refused(bot.api.sendChatAction(me, "typing"), 429, /Too Many Requests/);
assert.equal(flood.parameters.retry_after, 7);
await refused(bot.api.sendChatAction(me, "typing"), 500, /Internal Server Error/);
await refused(bot.api.sendChatAction(me, "typing"), 409, /Conflict/);
for (const broken of ["a proxy's page", "cut after the body", "cut before the work"]) {
  await assert.rejects(bot.api.sendChatAction(me, "typing"), HttpError, broken);
}
assert.equal(await bot.api.sendChatAction(me, "typing"), true); // slow
assert.equal(await bot.api.sendChatAction(me, "typing"), true);

const older = bot.api.getUpdates({ timeout: 20 });
const newer = new Promise((done) => setImmediate(done)).then(() => bot.api.getUpdates({ timeout: 20 }));
await Promise.race([refused(older, 409, /terminated by other/), refused(newer, 409, /terminated by other/)]);

// the library's own polling loop, offsets included: each message once
const seen = [];
let finish;
const finished = new Promise((done) => (finish = done));
bot.on("message:text", async (context) => {
  seen.push(context.message.text);
  if (context.message.text === "/first") await context.reply("send the second");
  if (context.message.text === "second") finish();
});
bot.catch((error) => {
  throw error;
});
const running = bot.start();
await bot.api.sendMessage(me, "ready");
await finished;
await bot.stop();
await running;
assert.deepEqual(seen, ["/first", "second"]);
console.log("ok");
