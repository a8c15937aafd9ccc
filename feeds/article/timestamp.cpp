#include "feeds/article/timestamp.h"

#include <cstdio>

namespace newsd {
namespace {

using namespace std::chrono;

/// Reads digits and marks off the front of a text. Every read either takes what it names or leaves the text as it was.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : rest_(text) {}

  std::optional<int> digits(std::size_t count) {
    if (rest_.size() < count) return std::nullopt;
    int value = 0;
    for (char c : rest_.substr(0, count)) {
      if (c < '0' || c > '9') return std::nullopt;
      value = value * 10 + (c - '0');
    }
    rest_.remove_prefix(count);
    return value;
  }
  bool take(char c) {
    if (!next_is(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  bool take_any(std::string_view set) {
    if (rest_.empty() || set.find(rest_.front()) == std::string_view::npos) return false;
    rest_.remove_prefix(1);
    return true;
  }
  bool next_is(char c) const { return !rest_.empty() && rest_.front() == c; }
  bool next_is_digit() const { return !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9'; }
  bool done() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

/// A time of day and, when written, its zone's distance from UTC.
struct Clock {
  milliseconds of_day{0};
  std::optional<minutes> offset;
};

std::optional<year_month_day> valid_date(int y, int m, int d) {
  const year_month_day date{year{y}, month{static_cast<unsigned>(m)}, day{static_cast<unsigned>(d)}};
  return date.ok() ? std::optional(date) : std::nullopt;
}

/// ".120", any number of digits, kept to the millisecond.
std::optional<milliseconds> read_fraction(Cursor& in) {
  int value = 0, scale = 100;
  if (!in.next_is_digit()) return std::nullopt;
  while (const auto digit = in.digits(1)) {
    value += *digit * scale;
    scale /= 10;
  }
  return milliseconds{value};
}

/// "Z", "+01:00", "+0100", "+01"; nullopt inside: none is written. The outer nullopt: something else stands there.
std::optional<std::optional<minutes>> read_offset(Cursor& in) {
  if (in.done()) return std::optional<minutes>{};
  if (in.take_any("Zz")) return std::optional(minutes{0});
  const bool west = in.next_is('-');
  if (!in.take_any("+-")) return std::nullopt;
  const auto hour = in.digits(2);
  if (!hour || *hour > 23) return std::nullopt;
  in.take(':');
  const int minute = in.done() ? 0 : in.digits(2).value_or(60);
  if (minute > 59) return std::nullopt;
  const minutes offset = hours{*hour} + minutes{minute};
  return std::optional(west ? -offset : offset);
}

std::optional<Clock> read_clock(Cursor& in, bool seconds_required) {
  Clock clock;
  const auto hour = in.digits(2);
  const bool colon = in.take(':');
  const auto minute = in.digits(2);
  if (!hour || *hour > 23 || !minute || *minute > 59) return std::nullopt;
  clock.of_day = hours{*hour} + minutes{*minute};
  if (colon ? in.take(':') : in.next_is_digit()) {
    const auto second = in.digits(2);
    if (!second || *second > 60) return std::nullopt;  // 60: a leap second
    clock.of_day += seconds{*second};
    if (in.take_any(".,")) {
      const auto fraction = read_fraction(in);
      if (!fraction) return std::nullopt;
      clock.of_day += *fraction;
    }
  } else if (seconds_required || (colon && in.next_is_digit())) {
    return std::nullopt;
  }
  const auto offset = read_offset(in);
  if (!offset || !in.done()) return std::nullopt;
  clock.offset = *offset;
  return clock;
}

Instant at_utc(year_month_day date, const Clock& clock) {
  return Instant{sys_days{date}} + clock.of_day - clock.offset.value_or(minutes{0});
}

std::string print(const char* pattern, auto... parts) {
  char text[48];
  const int size = std::snprintf(text, sizeof text, pattern, parts...);
  return {text, static_cast<std::size_t>(size)};
}

std::string print_day(year_month_day date) {
  return print("%04d-%02u-%02u", int{date.year()}, unsigned{date.month()}, unsigned{date.day()});
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

}  // namespace

std::string to_rfc3339(Instant t) {
  const auto day = floor<days>(t);
  const year_month_day date{day};
  const hh_mm_ss<milliseconds> clock{t - day};
  const int y = int{date.year()};
  if (y < 0 || y > 9999) {
    return print_day(date) + print("T%02d:%02d:%02d.%03dZ", static_cast<int>(clock.hours().count()),
                                   static_cast<int>(clock.minutes().count()), static_cast<int>(clock.seconds().count()),
                                   static_cast<int>(clock.subseconds().count()));
  }
  std::string text = "0000-00-00T00:00:00.000Z";
  const auto put = [&text](std::size_t end, unsigned value) {
    for (; value != 0; value /= 10) text[--end] = static_cast<char>('0' + value % 10);
  };
  put(4, static_cast<unsigned>(y));
  put(7, unsigned{date.month()});
  put(10, unsigned{date.day()});
  put(13, static_cast<unsigned>(clock.hours().count()));
  put(16, static_cast<unsigned>(clock.minutes().count()));
  put(19, static_cast<unsigned>(clock.seconds().count()));
  put(23, static_cast<unsigned>(clock.subseconds().count()));
  return text;
}

std::optional<Instant> parse_rfc3339(std::string_view text) {
  Cursor in(text);
  const auto y = in.digits(4);
  if (!y || !in.take('-')) return std::nullopt;
  const auto m = in.digits(2);
  if (!m || !in.take('-')) return std::nullopt;
  const auto d = in.digits(2);
  if (!d) return std::nullopt;
  const auto date = valid_date(*y, *m, *d);
  if (!date) return std::nullopt;
  if (in.done()) return Instant{sys_days{*date}};
  if (!in.take_any("Tt ")) return std::nullopt;
  const auto clock = read_clock(in, true);
  if (!clock || !clock->offset) return std::nullopt;
  return at_utc(*date, *clock);
}

std::string_view to_string(Precision p) {
  switch (p) {
    case Precision::Time: return "time";
    case Precision::Day: return "day";
    case Precision::Month: return "month";
    case Precision::Year: return "year";
  }
  return "day";
}

std::optional<When> when_from_iso(std::string_view text) {
  const std::string_view raw = trimmed(text);
  Cursor in(raw);
  const auto y = in.digits(4);
  if (!y || *y == 0) return std::nullopt;
  if (in.done()) return When{print("%04d", *y), Precision::Year, std::string(raw)};
  const bool extended = in.take('-');
  const auto m = in.digits(2);
  if (!m || *m < 1 || *m > 12) return std::nullopt;
  if (extended && in.done()) return When{print("%04d-%02d", *y, *m), Precision::Month, std::string(raw)};
  if (extended && !in.take('-')) return std::nullopt;
  const auto d = in.digits(2);
  if (!d) return std::nullopt;
  const auto date = valid_date(*y, *m, *d);
  if (!date) return std::nullopt;
  const When to_the_day{print_day(*date), Precision::Day, std::string(raw)};
  if (in.done()) return to_the_day;
  if (!in.take_any("Tt ")) return std::nullopt;
  const auto clock = read_clock(in, false);
  if (!clock) return std::nullopt;
  if (!clock->offset) return to_the_day;  // a time without a zone could be up to 14 hours off
  const Instant instant = floor<seconds>(at_utc(*date, *clock));
  return When{to_rfc3339(instant).substr(0, 19) + "Z", Precision::Time, std::string(raw)};
}

}  // namespace newsd
