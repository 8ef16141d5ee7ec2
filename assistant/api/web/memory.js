/* What outlives a reload, in this browser only: the conversation of each identity, unsent words, and messages not yet stored. */

function get(key, fallback) {
  try {
    const text = localStorage.getItem(`assistant.${key}`);
    return text === null ? fallback : JSON.parse(text);
  } catch {
    return fallback;
  }
}

function put(key, value) {
  try {
    if (value === null || value === "" || (Array.isArray(value) && !value.length)) localStorage.removeItem(`assistant.${key}`);
    else localStorage.setItem(`assistant.${key}`, JSON.stringify(value));
  } catch {
    // private windows may refuse to store; the page works without
  }
}

export const setting = (name, fallback = "") => get(name, fallback);
export const keepSetting = (name, value) => put(name, value);
export const conversationOf = (as) => get(`conversation.${as}`, "");
export const keepConversation = (as, id) => put(`conversation.${as}`, id);
export const draftOf = (conversation) => get(`draft.${conversation}`, "");
export const keepDraft = (conversation, text) => put(`draft.${conversation}`, text);
export const unsentOf = (conversation) => get(`unsent.${conversation}`, []);
export const keepUnsent = (conversation, list) => put(`unsent.${conversation}`, list);

let count = 0;

/** An id for a message of this browser. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  count += 1;
  return `m-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")}-${count}`;
}
