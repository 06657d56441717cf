// agentctl's plugin in opencode: tells the supervisor on loopback what goes on, asks it about permissions, and keeps
// the talk in a file beside this one. AGENTCTL_PORT and AGENTCTL_TOKEN come from opencode's environment. Where the
// supervisor is away, or does not say that it has it, what matters is kept in the folder AGENTCTL_SPOOL under its key, to
// be read soon or when it is back. Nothing is granted without an answer: the dialog in the terminal is there all the
// while, and the first answer wins.
import { appendFileSync, renameSync, unlink, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const env = process.env
const here = dirname(fileURLToPath(import.meta.url))
const url = `http://127.0.0.1:${env.AGENTCTL_PORT}/hook/opencode`
let runs = 0
let started = false

const nextKey = () => `${Math.floor(Date.now() / 1000)}.${String(Date.now() % 1000).padStart(3, "0")}000-${process.pid}-${++runs}`

const post = async (body, key, signal) => {
  const headers = { Authorization: `Bearer ${env.AGENTCTL_TOKEN}`, "Content-Type": "application/json", "Idempotency-Key": key }
  // Bun would give up a wait after five minutes
  const reply = await fetch(url, { method: "POST", headers, body, signal, timeout: false })
  const text = (await reply.text()).trim()
  const refused = reply.status >= 400 && reply.status < 500 && reply.status !== 408 && reply.status !== 429
  if (refused) return "{}"
  if (!reply.ok || !text) throw new Error("the supervisor is starting, ending or too busy")
  return text
}

const keep = (body, key) => {
  const file = `${env.AGENTCTL_SPOOL}/${key}`
  try {
    writeFileSync(`${file}.part`, body, { mode: 0o600 })
    renameSync(`${file}.part`, `${file}.json`)
  } catch {
    // nobody will know; a full disk may have taken a part of it
    unlink(`${file}.part`, () => {})
  }
}

// One after the other, so that they arrive in their order.
let line = Promise.resolve()
const tell = (event) => {
  const passing = event.hook_event_name.startsWith("tool.")
  const body = JSON.stringify(event)
  const key = nextKey()
  line = line.then(() => post(body, key, AbortSignal.timeout(10_000))).catch(() => passing || keep(body, key))
  return line
}

const texts = (parts) => parts.filter((part) => part.type === "text" && !part.synthetic).map((part) => part.text).join("\n")

export default async ({ client }) => {
  const children = new Set() // sessions of subagents
  const prompts = new Map() // by message: what was said and is not yet written down
  const words = new Map() // by message: its texts by part
  const calls = new Map() // by call: the tool and what it is given
  const asked = new Map() // by permission: how its question is given up
  const written = new Set()
  let open = false // whether a turn goes on
  let failure // what ended it
  let last = "" // the newest words

  const file = (session) => join(here, `${session}.jsonl`)
  const write = (session, entry) => {
    try {
      appendFileSync(file(session), JSON.stringify({ timestamp: new Date().toISOString(), ...entry }) + "\n", { mode: 0o600 })
    } catch {
      // the talk goes on without its record
    }
  }
  const say = (name, session, more) =>
    tell({ hook_event_name: name, session_id: session, transcript_path: file(session), ...more })

  const userMessage = (info) => {
    const prompt = prompts.get(info.id)
    if (prompt === undefined) return
    prompts.delete(info.id)
    open = true
    failure = undefined
    last = ""
    write(info.sessionID, { type: "user", message: { content: prompt } })
    say("chat.message", info.sessionID, { prompt })
  }

  const assistantMessage = (info) => {
    if (!info.time.completed || written.has(info.id)) return
    written.add(info.id)
    const text = [...(words.get(info.id)?.values() ?? [])].join("\n").trim()
    words.delete(info.id)
    if (text) last = text
    const { input, output, reasoning, cache } = info.tokens
    write(info.sessionID, {
      type: "assistant",
      message: {
        id: info.id,
        content: text ? [{ type: "text", text }] : [],
        usage: {
          input_tokens: input,
          output_tokens: output + reasoning,
          cache_read_input_tokens: cache.read,
          cache_creation_input_tokens: cache.write,
        },
      },
    })
  }

  const idle = (session) => {
    if (!open) return
    open = false
    words.clear()
    if (failure?.name === "MessageAbortedError") say("session.aborted", session)
    else if (failure) say("session.error", session, { message: failure.data?.message ?? failure.name, status: failure.data?.statusCode ?? 0 })
    else say("session.idle", session, { answer: last })
  }

  // The answer of the first who gives one: ours is late where the dialog has been answered in the terminal.
  const ask = async (permission) => {
    const { tool, input } = calls.get(permission.tool?.callID) ?? { tool: permission.permission, input: permission.metadata }
    const given = { ...input, ...permission.metadata, permission: permission.permission, patterns: permission.patterns }
    const always = (permission.always ?? []).map((rule) => ({ toolName: permission.permission, ruleContent: rule }))
    const over = new AbortController()
    asked.set(permission.id, { over, tool, given })
    const body = JSON.stringify({
      hook_event_name: "PermissionRequest",
      session_id: permission.sessionID,
      tool_name: tool,
      tool_input: given,
      permission_suggestions: always.length ? [{ type: "addRules", behavior: "allow", rules: always, destination: "session" }] : [],
    })
    const key = nextKey()
    await line // what came before it is told first
    while (asked.has(permission.id)) {
      try {
        const decision = JSON.parse(await post(body, key, over.signal))
        if (decision.reply) await reply(permission, decision)
        return
      } catch {
        // away: it comes back with the same key
        await new Promise((resolve) => setTimeout(resolve, 1_000))
      }
    }
  }

  const reply = (permission, body) =>
    client._client.post({
      url: "/permission/{requestID}/reply",
      path: { requestID: permission.id },
      body,
      headers: { "Content-Type": "application/json" },
    })

  const replied = ({ sessionID, requestID, reply }) => {
    const question = asked.get(requestID)
    if (!question) return
    asked.delete(requestID)
    // not yet that the tool has ended, but that its dialog has
    const more = { tool_name: question.tool, tool_input: question.given, reply }
    say("permission.replied", sessionID, more).then(() => question.over.abort())
  }

  // opencode makes it anew when its configuration changes, perhaps in the middle of a turn
  if (!started) tell({ hook_event_name: "plugin" })
  started = true
  return {
    "chat.message": async (input, output) => {
      if (children.has(input.sessionID)) return
      const message = output.parts[0]?.messageID ?? output.message?.id
      if (message) prompts.set(message, texts(output.parts))
    },
    "tool.execute.before": async (input, output) => {
      calls.set(input.callID, { tool: input.tool, input: output.args })
      say("tool.execute.before", input.sessionID, { tool_name: input.tool, tool_input: output.args })
    },
    "tool.execute.after": async (input, output) => {
      calls.delete(input.callID)
      if (!children.has(input.sessionID)) {
        write(input.sessionID, { type: "assistant", message: { content: [{ type: "tool_use", name: input.tool, input: input.args }] } })
        write(input.sessionID, { type: "user", message: { content: [{ type: "tool_result", content: String(output.output ?? "") }] } })
      }
      say("tool.execute.after", input.sessionID, { tool_name: input.tool, tool_input: input.args })
    },
    event: async ({ event: { type, properties } }) => {
      if (type === "session.created" && properties.info.parentID) children.add(properties.info.id)
      if (type === "permission.asked") ask(properties)
      if (type === "permission.replied") replied(properties)
      if (children.has(properties.sessionID)) return
      if (type === "message.updated" && properties.info.role === "user") userMessage(properties.info)
      if (type === "message.updated" && properties.info.role === "assistant") assistantMessage(properties.info)
      if (type === "message.part.updated" && properties.part.type === "text") {
        const { messageID, id, text } = properties.part
        if (!words.has(messageID)) words.set(messageID, new Map())
        words.get(messageID).set(id, text)
      }
      if (type === "session.updated" && properties.info.cost > 0) {
        write(properties.info.id, { type: "cost-state", totalCostUSD: properties.info.cost })
      }
      if (type === "session.error" && open) failure = properties.error
      if (type === "question.asked") {
        say("question.asked", properties.sessionID, { question: properties.questions?.[0]?.question ?? "" })
      }
      if (type === "question.replied" || type === "question.rejected") say("question.replied", properties.sessionID)
      if (type === "session.idle") idle(properties.sessionID)
    },
  }
}
