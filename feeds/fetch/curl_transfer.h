// CurlTransfer: one request on an easy handle, redirects not followed: sets the handle up, takes header and body as
// they come, says what became of it. I/O thread; called by libcurl.
#pragma once

#include "feeds/fetch/curl_fetcher.h"

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>

using CURL = void;
struct curl_slist;

namespace newsd {

/// How many transfers may hold more than kSmallBody at a time: what comes beyond it waits, so that memory stays bounded
/// however many servers send without end.
class LargeBodies {
 public:
  static constexpr std::size_t kSmallBody = 1 << 20;
  static constexpr std::size_t kAtOnce = 2;
  bool take() { return held_ < kAtOnce && ++held_ > 0; }
  void give_back() { --held_; }

 private:
  std::size_t held_ = 0;
};

class CurlTransfer {
 public:
  CurlTransfer(CURL* easy, LargeBodies& large) : easy_(easy), large_(large) {}
  ~CurlTransfer();
  CurlTransfer(const CurlTransfer&) = delete;
  CurlTransfer& operator=(const CurlTransfer&) = delete;

  /// Sets the handle up for one hop. options and what is posted must outlive the transfer. left: of the time for the
  /// whole request.
  void prepare(const FetchOptions& options, const std::string& url, const FetchRequest& request, bool is_authorized,
               std::chrono::milliseconds left);
  /// The answer of this hop (no hops in it), or why there is none. code: libcurl's result.
  Result<FetchAnswer> finish(int code);
  /// Where a redirect leads, as an absolute URL; empty: nowhere. After finish().
  std::string redirect_target() const;

  CURL* easy() const { return easy_; }
  /// Waits for others to let go of their large bodies.
  bool is_paused() const { return paused_; }
  void resume();

 private:
  static std::size_t on_header(char* bytes, std::size_t size, std::size_t count, void* self);
  static std::size_t on_body(char* bytes, std::size_t size, std::size_t count, void* self);
  static int on_socket(void* self, int purpose, void* data);
  std::size_t take_header(std::string_view line);
  std::size_t take_body(std::string_view bytes);
  void prepare_post(const PostContent& post);
  void add_header(const std::string& line);
  bool permits(const void* socket_address);
  bool take_room();
  Error error_of(int result) const;
  void let_go();

  CURL* easy_;
  LargeBodies& large_;
  const FetchOptions* options_ = nullptr;
  curl_slist* headers_ = nullptr;
  std::string url_;
  FetchAnswer answer_;
  std::uint64_t received_ = 0;  ///< decoded bytes, kept or not
  bool holds_large_ = false, paused_ = false;
  bool header_ended_ = false;
  bool keeps_beginning_ = false;   ///< of the answer, whatever its status: it is not to a GET
  bool body_cut_ = false;          ///< of an answer whose body nobody wants
  std::optional<Error> refused_;   ///< why a callback ended the transfer
  std::string blocked_;            ///< an address that may not be connected to
  std::array<char, 256> words_{};  ///< libcurl's own
};

}  // namespace newsd
