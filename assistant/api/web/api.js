/* The HTTP routes the page uses; a refusal becomes a Failure that carries its code. */

export class Failure extends Error {
  constructor(code, message, reference = "") {
    super(message);
    this.code = code;
    this.reference = reference;
  }
}

async function call(path, options = {}) {
  let answer;
  try {
    answer = await fetch(path, { credentials: "same-origin", cache: "no-store", ...options });
  } catch {
    throw new Failure("offline", "no connection");
  }
  const told = await answer.json().catch(() => ({}));
  if (answer.ok) return told;
  throw new Failure(told.error?.code || "other", told.error?.message || "", told.error?.reference || "");
}

const post = (path, body) => call(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
const part = encodeURIComponent;

export const company = () => call("/v1/company");
export const contacts = () => call("/demo/contacts");
export const clock = () => call("/demo/clock");
export const open = (as) => post("/v1/conversations", { as, channel: "web" }).then((told) => told.conversation);
export const read = (conversation, after) => call(`/v1/conversations/${part(conversation)}/messages?after=${after}`);
export const trace = (turn) => call(`/demo/trace/${part(turn)}`);
export const source = (document, language) => call(`/demo/document/${part(document)}?language=${part(language)}`);
export const agent = (conversation, body) => post(`/demo/agent/${part(conversation)}`, body);
export const file = (conversation, hash) => `/v1/conversations/${part(conversation)}/attachments/${part(hash)}`;

export function upload(conversation, blob, name) {
  const body = new FormData();
  body.append("file", blob, name);
  return call(`/v1/conversations/${part(conversation)}/attachments`, { method: "POST", body });
}
