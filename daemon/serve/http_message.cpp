#include "daemon/serve/http_message.h"

namespace newsd {
namespace {

std::string_view reason_of(unsigned status) {
  switch (status) {
    case 200: return "OK";
    case 202: return "Accepted";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 406: return "Not Acceptable";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 411: return "Length Required";
    case 413: return "Content Too Large";
    case 414: return "URI Too Long";
    case 415: return "Unsupported Media Type";
    case 421: return "Misdirected Request";
    case 422: return "Unprocessable Content";
    case 426: return "Upgrade Required";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 503: return "Service Unavailable";
    default: return "Status";
  }
}

/// What every answer says: browsers may not guess types, frame the answer or keep it.
constexpr std::string_view kAlways =
    "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nX-Frame-Options: DENY\r\n"
    "Referrer-Policy: no-referrer\r\nCross-Origin-Resource-Policy: same-origin\r\n";

void add(std::string& head, std::string_view name, std::string_view value) {
  head.append(name).append(": ").append(value).append("\r\n");
}

}  // namespace

void write_problem(JsonText& json, unsigned status, std::string_view code, std::string_view detail) {
  json.member("title", reason_of(status)).key("status").integer(status).member("detail", detail).member("code", code);
}

HttpAnswer error_answer(unsigned status, const Error& error) {
  HttpAnswer answer;
  answer.status = status;
  answer.content_type = kProblemType;
  JsonText json;
  write_problem(json.begin_object(), status, error.code, error.text);
  json.member_if("where", error.where);
  answer.body = json.end_object().take() + '\n';
  return answer;
}

std::string bytes_of(const HttpAnswer& answer, bool closes, bool without_body) {
  std::string bytes = "HTTP/1.1 " + std::to_string(answer.status) + ' ';
  bytes.append(reason_of(answer.status)).append("\r\n");
  add(bytes, "Content-Type", answer.content_type);
  add(bytes, "Content-Length", std::to_string(answer.body.size()));
  for (const HeaderField& field : answer.fields) add(bytes, field.name, field.value);
  add(bytes, "Content-Security-Policy", answer.policy);
  bytes += kAlways;
  if (closes) add(bytes, "Connection", "close");
  bytes += "\r\n";
  if (!without_body) bytes += answer.body;
  return bytes;
}

std::string stream_head(std::string_view content_type, bool in_chunks) {
  std::string head = "HTTP/1.1 200 OK\r\n";
  add(head, "Content-Type", content_type);
  if (in_chunks) add(head, "Transfer-Encoding", "chunked");
  add(head, "X-Accel-Buffering", "no");  // nginx would hold events back otherwise
  add(head, "Content-Security-Policy", kNothingAllowed);
  head += kAlways;
  add(head, "Connection", "close");
  return head += "\r\n";
}

}  // namespace newsd
