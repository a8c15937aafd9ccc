// A drop directory in a temporary place, a FakeSink behind it, and an io_context that is run until something holds.
#pragma once

#include "feeds/source/drop_directory.h"
#include "tests/support/fake_sink.h"
#include "tests/support/temporary_directory.h"

#include <boost/asio/io_context.hpp>

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace newsd {

struct DropFixture {
  DropFixture() {
    std::filesystem::create_directory(inbox);
    options.path = inbox.string();
    options.input = "inbox";
    options.settle = std::chrono::milliseconds(30);
    options.tell = [this](const SourceNotice& notice) { notices.push_back(notice); };
  }

  void start() {
    drop = std::make_unique<DropDirectory>(io, sink, options);
    drop->when_drained([this] { drained = true; });
    drop->start();
  }
  /// As after a crash: what was in flight is not acknowledged by anybody.
  void restart() {
    drop.reset();
    sink.delivered.clear();
    drained = false;
    start();
  }

  /// The maildir manner.
  void drop_file(const std::string& name, std::string_view text) {
    write_file(staging, text);
    std::filesystem::rename(staging, inbox / name);
  }
  /// A file that has lain there for an hour.
  void old_file(const std::string& name, std::string_view text) {
    write_file(inbox / name, text);
    age(inbox / name);
  }
  static void age(const std::filesystem::path& path) {
    std::filesystem::last_write_time(path, std::filesystem::file_time_type::clock::now() - std::chrono::hours(1));
  }

  /// Runs the I/O thread until done() holds; false after five seconds.
  bool until(const std::function<bool()>& done) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(5);
    while (!done()) {
      if (std::chrono::steady_clock::now() > deadline) return false;
      io.restart();
      io.run_one_for(std::chrono::milliseconds(20));
    }
    return true;
  }
  bool until_delivered(std::size_t n) {
    return until([&] { return sink.delivered.size() >= n; });
  }
  /// Runs what is due within so long: for what must not happen.
  void run_for(std::chrono::milliseconds time) {
    io.restart();
    io.run_for(time);
  }
  bool told(SourceError code) const {
    for (const SourceNotice& notice : notices) {
      if (notice.kind == SourceNotice::Kind::Trouble && notice.error.is(code)) return true;
    }
    return false;
  }
  std::size_t count_told(SourceError code) const {
    std::size_t n = 0;
    for (const SourceNotice& notice : notices) n += notice.kind == SourceNotice::Kind::Trouble && notice.error.is(code);
    return n;
  }
  const Document& document(std::size_t i) const { return sink.delivered.at(i).arrival.document; }

  TemporaryDirectory home;
  std::filesystem::path inbox = home / "in";
  std::filesystem::path staging = home / "staged";
  boost::asio::io_context io;
  FakeSink sink;
  DropOptions options;
  std::vector<SourceNotice> notices;
  std::unique_ptr<DropDirectory> drop;
  bool drained = false;
};

const inline Outcome kQuarantined{Outcome::Fate::Quarantined, R"({"code":"binary"})"};

}  // namespace newsd
