#include "feeds/fetch/curl_transfer.h"

#include <curl/curl.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstring>
#include <exception>

namespace newsd {
namespace {

constexpr std::uint64_t kUnwantedBody = 256 << 10;  // of answers other than 200 or not to a GET; more is not waited for
constexpr std::uint64_t kMostRoom = 64 << 20;       // what a large body gets at once at most
constexpr long kSlowBytes = 64;                     // a second: less than that …
constexpr long kSlowSeconds = 20;                   // … for so long, and the server is held to be stuck
static_assert(sizeof(std::array<char, 256>) >= CURL_ERROR_SIZE);

std::optional<IpAddress> address_of(const sockaddr* address) {
  if (address->sa_family == AF_INET) {
    std::array<std::uint8_t, 4> bytes{};
    std::memcpy(bytes.data(), &reinterpret_cast<const sockaddr_in*>(address)->sin_addr, bytes.size());
    return IpAddress::v4(bytes);
  }
  if (address->sa_family == AF_INET6) {
    std::array<std::uint8_t, 16> bytes{};
    std::memcpy(bytes.data(), &reinterpret_cast<const sockaddr_in6*>(address)->sin6_addr, bytes.size());
    return IpAddress::v6(bytes);
  }
  return std::nullopt;
}

FetchError kind_of(CURLcode code) {
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY: return FetchError::Dns;
    case CURLE_COULDNT_CONNECT: return FetchError::Connect;
    case CURLE_OPERATION_TIMEDOUT: return FetchError::Timeout;
    case CURLE_PARTIAL_FILE:
    case CURLE_GOT_NOTHING:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
    case CURLE_HTTP2_STREAM: return FetchError::Truncated;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS: return FetchError::Tls;
    case CURLE_URL_MALFORMAT: return FetchError::BadUrl;
    case CURLE_UNSUPPORTED_PROTOCOL: return FetchError::BlockedScheme;
    default: return FetchError::Protocol;
  }
}

}  // namespace

CurlTransfer::~CurlTransfer() {
  let_go();
  curl_slist_free_all(headers_);
}

void CurlTransfer::let_go() {
  if (std::exchange(holds_large_, false)) large_.give_back();
}

void CurlTransfer::prepare(const FetchOptions& options, const std::string& url, const FetchRequest& request,
                           bool is_authorized, std::chrono::milliseconds left) {
  options_ = &options;
  url_ = url;
  curl_easy_reset(easy_);
  if (url == request.validated_url) {
    if (!request.validators.etag.empty()) add_header("If-None-Match: " + request.validators.etag);
    if (!request.validators.last_modified.empty()) add_header("If-Modified-Since: " + request.validators.last_modified);
    answer_.conditional = request.validators != Validators{};
  }
  if (is_authorized && !request.authorization.empty()) add_header("Authorization: " + request.authorization);
  if (request.post) {
    prepare_post(*request.post);
  } else if (request.question) {
    keeps_beginning_ = true;
    for (const HeaderField& field : request.question->header) add_header(field.name + ": " + field.value);
    curl_easy_setopt(easy_, CURLOPT_CUSTOMREQUEST, "OPTIONS");
  } else {
    add_header(
        "Accept: application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, "
        "application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5");
    curl_easy_setopt(easy_, CURLOPT_LOW_SPEED_LIMIT, kSlowBytes);  // who answers a POST may take its time
    curl_easy_setopt(easy_, CURLOPT_LOW_SPEED_TIME, kSlowSeconds);
  }

  const auto set = [this](CURLoption option, auto value) { curl_easy_setopt(easy_, option, value); };
  set(CURLOPT_URL, url_.c_str());
  set(CURLOPT_PRIVATE, this);
  set(CURLOPT_ERRORBUFFER, words_.data());
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
  set(CURLOPT_FOLLOWLOCATION, 0L);  // each hop is looked at: its address, its validators, its credentials
  set(CURLOPT_MAXREDIRS, 0L);
  set(CURLOPT_PROXY, options.proxy.c_str());  // "": also none from the environment
  set(CURLOPT_USERAGENT, options.user_agent.c_str());
  set(CURLOPT_HTTPHEADER, headers_);
  set(CURLOPT_ACCEPT_ENCODING, "");  // all that libcurl can undo
  set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
  set(CURLOPT_TIMEOUT_MS, static_cast<long>(std::max<std::int64_t>(left.count(), 1)));
  set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(std::min(options.connect_timeout, left).count()));
  set(CURLOPT_DNS_CACHE_TIMEOUT, 300L);
  set(CURLOPT_HEADERFUNCTION, &CurlTransfer::on_header);
  set(CURLOPT_HEADERDATA, this);
  set(CURLOPT_WRITEFUNCTION, &CurlTransfer::on_body);
  set(CURLOPT_WRITEDATA, this);
  set(
      CURLOPT_OPENSOCKETFUNCTION, +[](void* self, curlsocktype purpose, curl_sockaddr* address) -> curl_socket_t {
        return on_socket(self, static_cast<int>(purpose), address);
      });
  set(CURLOPT_OPENSOCKETDATA, this);
}

void CurlTransfer::add_header(const std::string& line) {
  if (curl_slist* longer = curl_slist_append(headers_, line.c_str())) headers_ = longer;
}

void CurlTransfer::prepare_post(const PostContent& post) {
  keeps_beginning_ = true;
  add_header("Content-Type: " + post.type);
  add_header("Expect:");  // libcurl would ask first before it sends a large body
  for (const HeaderField& field : post.header) add_header(field.name + ": " + field.value);
  curl_easy_setopt(easy_, CURLOPT_POST, 1L);
  curl_easy_setopt(easy_, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(post.body.size()));
  curl_easy_setopt(easy_, CURLOPT_POSTFIELDS, post.body.c_str());
}

std::size_t CurlTransfer::on_header(char* bytes, std::size_t size, std::size_t count, void* self) {
  try {
    return static_cast<CurlTransfer*>(self)->take_header({bytes, size * count});
  } catch (const std::exception&) {
    return 0;
  }
}

std::size_t CurlTransfer::on_body(char* bytes, std::size_t size, std::size_t count, void* self) {
  try {
    return static_cast<CurlTransfer*>(self)->take_body({bytes, size * count});
  } catch (const std::exception&) {
    return 0;
  }
}

/// The gate: libcurl asks for a socket for every address it tries, after resolving.
int CurlTransfer::on_socket(void* self, int purpose, void* data) {
  const auto* address = static_cast<curl_sockaddr*>(data);
  if (purpose != CURLSOCKTYPE_IPCXN || !static_cast<CurlTransfer*>(self)->permits(&address->addr))
    return CURL_SOCKET_BAD;
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

bool CurlTransfer::permits(const void* socket_address) {
  const auto address = address_of(static_cast<const sockaddr*>(socket_address));
  if (address && (!options_->proxy.empty() || options_->addresses.permits(*address))) return true;
  if (address) blocked_ = address->to_string();
  return false;
}

std::size_t CurlTransfer::take_header(std::string_view line) {
  if (line.starts_with("HTTP/")) {  // a new header: what came before was that of a proxy or an interim answer
    answer_.header = {};
    header_ended_ = false;
  }
  if (line == "\r\n" || line == "\n") header_ended_ = true;
  if (header_ended_) return line.size();  // trailers are not needed
  if (answer_.header.add_line(line)) return line.size();
  refused_ = Error(FetchError::TooLarge, "the header of the answer has no end", url_);
  return 0;
}

std::size_t CurlTransfer::take_body(std::string_view bytes) {
  if (answer_.status == 0) {
    long status = 0;
    curl_easy_getinfo(easy_, CURLINFO_RESPONSE_CODE, &status);
    answer_.status = static_cast<std::uint16_t>(status);
  }
  const std::uint64_t with_these = received_ + bytes.size();
  if (answer_.status != 200 || keeps_beginning_) {
    received_ = with_these;
    if (keeps_beginning_) answer_.body.append(bytes.substr(0, kPostAnswerKept - answer_.body.size()));
    body_cut_ = received_ > kUnwantedBody;
    return body_cut_ ? 0 : bytes.size();
  }
  if (with_these > options_->max_body) {
    refused_ = Error(FetchError::TooLarge, fmt::format("the body has more than {} bytes", options_->max_body), url_);
    return 0;
  }
  if (with_these > LargeBodies::kSmallBody) {
    curl_off_t transferred = 0;
    curl_easy_getinfo(easy_, CURLINFO_SIZE_DOWNLOAD_T, &transferred);
    if (with_these > options_->max_ratio * static_cast<std::uint64_t>(std::max<curl_off_t>(transferred, 1))) {
      refused_ = Error(FetchError::TooLarge,
                       fmt::format("the body unpacks to more than {} times what was sent", options_->max_ratio), url_);
      return 0;
    }
    if (!holds_large_ && !take_room()) {
      paused_ = true;
      return CURL_WRITEFUNC_PAUSE;
    }
  }
  received_ = with_these;
  answer_.body.append(bytes);
  return bytes.size();
}

/// A large body gets all its room at once: it is never copied while it grows, and pages that nothing is written to take
/// no memory.
bool CurlTransfer::take_room() {
  holds_large_ = large_.take();
  if (holds_large_) answer_.body.reserve(std::min(options_->max_body, kMostRoom));
  return holds_large_;
}

void CurlTransfer::resume() {
  paused_ = false;
  curl_easy_pause(easy_, CURLPAUSE_CONT);
}

Error CurlTransfer::error_of(int result) const {
  const auto code = static_cast<CURLcode>(result);
  if (refused_) return *refused_;
  if (!blocked_.empty() && code == CURLE_COULDNT_CONNECT) {
    return {FetchError::BlockedAddress,
            fmt::format("{} is no public address; [fetch] allow_private would allow it", blocked_), url_};
  }
  std::string words(words_.data());
  if (words.empty()) words = curl_easy_strerror(code);
  return {kind_of(code), std::move(words), url_};
}

Result<FetchAnswer> CurlTransfer::finish(int code) {
  let_go();
  const bool is_whole = code == CURLE_OK || (code == CURLE_WRITE_ERROR && body_cut_);
  if (!is_whole) return error_of(code);
  long status = 0;
  curl_easy_getinfo(easy_, CURLINFO_RESPONSE_CODE, &status);
  answer_.status = static_cast<std::uint16_t>(status);
  answer_.final_url = url_;
  return std::move(answer_);
}

std::string CurlTransfer::redirect_target() const {
  const char* target = nullptr;
  curl_easy_getinfo(easy_, CURLINFO_REDIRECT_URL, &target);
  return target == nullptr ? std::string() : std::string(target);
}

}  // namespace newsd
