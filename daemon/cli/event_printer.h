// EventPrinter: events' lines → stdout in one of the encodings, for people in colour. One thread.
#pragma once

#include "daemon/cli/console.h"
#include "daemon/event/encoding.h"

#include <string>
#include <string_view>

namespace newsd {

class EventPrinter {
 public:
  /// format: a name of encodings(), or empty: text on a terminal, cloudevents elsewhere.
  EventPrinter(const std::string& format, Console& console);

  /// Prints an event; one that has no such form (the ninjs of a story) is left out.
  void print(std::string_view line);

 private:
  Console& console_;
  const Encoding* encoding_;
  bool is_colourful_;
};

/// A line of the text encoding with its columns coloured by what happened: sequence and time dim, the event in its
/// colour.
std::string coloured_text(std::string_view text, const Palette& palette);

}  // namespace newsd
