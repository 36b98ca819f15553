"""A bot that knows the Bot API from its documentation alone, with nothing but Python's standard library.

usage: client.py BASE   where BASE is http://host:port and the environment holds TOKEN. It greets who writes, tells what was
tapped, sends back documents, and ends when somebody says "stop". Whatever is not as documented ends it with a message.
"""
import http.client
import json
import os
import sys
import urllib.error
import urllib.parse
import urllib.request
import uuid

BASE, TOKEN = sys.argv[1], os.environ["TOKEN"]


def check(what, got, want):
    if got != want:
        sys.exit(f"{what}: got {got!r}, want {want!r}")


def request(method, data=None, kind=None):
    r = urllib.request.Request(f"{BASE}/bot{TOKEN}/{method}", data=data, headers={"Content-Type": kind} if kind else {})
    try:
        with urllib.request.urlopen(r, timeout=20) as answer:
            status, headers, body = answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as e:
        status, headers, body = e.code, e.headers, e.read()
    reply = json.loads(body)
    check(f"{method}: content type", headers.get_content_type(), "application/json")
    check(f"{method}: ok", reply["ok"], status == 200)
    if not reply["ok"]:
        check(f"{method}: error_code", reply["error_code"], status)
    return reply


def form(method, **params):
    return request(method, urllib.parse.urlencode(params).encode(), "application/x-www-form-urlencoded")


def as_json(method, **params):
    return request(method, json.dumps(params).encode(), "application/json")


def upload(method, field, name, content, **params):
    boundary = uuid.uuid4().hex
    body = b""
    for k, v in params.items():
        body += f'--{boundary}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n'.encode()
    body += f'--{boundary}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n'.encode()
    body += b"Content-Type: application/octet-stream\r\n\r\n" + content + f"\r\n--{boundary}--\r\n".encode()
    return request(method, body, f"multipart/form-data; boundary={boundary}")


def download(file_id):
    path = as_json("getFile", file_id=file_id)["result"]["file_path"]
    with urllib.request.urlopen(f"{BASE}/file/bot{TOKEN}/{path}", timeout=20) as answer:
        return answer.read()


def first_look():
    """What a careful author tries before anything else."""
    me = request("getMe")["result"]
    check("is_bot", me["is_bot"], True)
    check("the token's number", TOKEN.split(":")[0], str(me["id"]))
    check("unknown method", request("getMee")["description"], "Not Found: method not found")
    check("nobody", form("sendMessage", chat_id=1, text="x")["description"], "Bad Request: chat not found")
    host = urllib.parse.urlparse(BASE)
    line = http.client.HTTPConnection(host.hostname, host.port, timeout=20)
    line.request("GET", "/bot123:nonsense/getMe")
    answer = line.getresponse()
    check("wrong token", (answer.status, json.loads(answer.read())["description"]), (401, "Unauthorized"))


def message(m):
    chat = m["chat"]["id"]
    if m.get("text") == "stop":
        return False
    if "document" in m:
        content = download(m["document"]["file_id"])
        sent = upload("sendDocument", "document", "copy-of-" + m["document"]["file_name"], content, chat_id=chat)["result"]
        check("file size", sent["document"]["file_size"], len(content))
        return True
    keyboard = {"inline_keyboard": [[{"text": "👍 yes", "callback_data": "yes"}, {"text": "no", "callback_data": "no"}]]}
    sent = as_json("sendMessage", chat_id=chat, text=f"Hello <b>{m['from']['first_name']}</b>, you said: سلام", parse_mode="HTML",
                   reply_markup=keyboard, reply_parameters={"message_id": m["message_id"]})["result"]
    check("text", sent["text"], f"Hello {m['from']['first_name']}, you said: سلام")
    check("entities", sent["entities"], [{"type": "bold", "offset": 6, "length": len(m["from"]["first_name"])}])
    check("answered", sent["reply_to_message"]["message_id"], m["message_id"])
    return True


def tap(q):
    m = q["message"]
    check("answer", form("answerCallbackQuery", callback_query_id=q["id"], text="noted: " + q["data"])["result"], True)
    edited = as_json("editMessageText", chat_id=m["chat"]["id"], message_id=m["message_id"], text="tapped " + q["data"])["result"]
    check("buttons after an edit", "reply_markup" in edited, False)
    again = as_json("editMessageText", chat_id=m["chat"]["id"], message_id=m["message_id"], text="tapped " + q["data"])
    check("same again", again["description"].startswith("Bad Request: message is not modified"), True)


def main():
    first_look()
    offset, going = 0, True
    while going:
        for u in form("getUpdates", offset=offset, timeout=10)["result"]:
            offset = u["update_id"] + 1
            if "message" in u:
                going = message(u["message"]) and going
            if "callback_query" in u:
                tap(u["callback_query"])
    form("getUpdates", offset=offset)
    check("left over", request("getWebhookInfo")["result"]["pending_update_count"], 0)


main()
