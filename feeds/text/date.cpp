#include "feeds/text/date.h"

#include "feeds/text/fold.h"
#include "feeds/text/lines.h"
#include "feeds/text/month_names.h"
#include "feeds/text/time_zones.h"

#include <algorithm>
#include <array>
#include <string>

namespace newsd {
namespace {

using namespace std::chrono;

constexpr std::size_t kLongest = 100;
constexpr std::size_t kMostNumbers = 4;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80) != 0; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

struct Number {
  int value = 0;
  std::size_t digits = 0;
};

/// Everything that a date's text says, before it is known what it means.
struct Parts {
  std::array<Number, kMostNumbers> numbers;
  std::size_t count = 0;
  std::size_t before_month = 0;  ///< numbers that stand before the month's name
  char mark = ' ';               ///< between the numbers
  int year = 0, month = 0, day = 0;
  std::optional<unsigned> weekday;
  bool has_time = false, past_noon = false, before_noon = false, has_zone = false, later_words = false;
  hours hour{0};
  minutes minute{0};
  seconds second{0};
  milliseconds fraction{0};
  std::optional<minutes> offset;
  std::string zone;
};

/// Reads the text once from left to right. Every step either takes something or says that this is no date.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  bool read(Parts& parts) {
    while (!rest_.empty()) {
      const char c = rest_.front();
      const bool ok = is_digit(c)                                   ? number_or_time(parts)
                      : is_letter(c)                                ? word(parts)
                      : (c == '+' || c == '-') && zone_ahead(parts) ? offset(parts)
                                                                    : mark(parts);
      if (!ok) return false;
    }
    return true;
  }

 private:
  bool take(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  bool digit_at(std::size_t at) const { return at < rest_.size() && is_digit(rest_[at]); }

  Number number() {
    Number n;
    while (digit_at(0) && n.digits < 9) {
      n.value = n.value * 10 + (rest_.front() - '0');
      ++n.digits;
      rest_.remove_prefix(1);
    }
    return n;
  }

  bool number_or_time(Parts& parts) {
    const Number n = number();
    if (digit_at(0)) return false;  // ten digits and more are no part of a date
    if (!rest_.empty() && rest_.front() == ':' && digit_at(1)) return clock(parts, n);
    if (starts_with_folded("h") && digit_at(1) && !parts.has_time && n.digits <= 2) return clock(parts, n);  // 14h30
    if (starts_with_folded("am") || starts_with_folded("pm") || starts_with_folded("오")) return clock(parts, n);
    if (take_unit("년") || take_unit("年")) return parts.year == 0 && (parts.year = n.value) > 0;
    if (take_unit("월") || take_unit("月")) return parts.month == 0 && (parts.month = n.value) > 0;
    if (take_unit("일") || take_unit("日")) return parts.day == 0 && (parts.day = n.value) > 0;
    if (n.digits <= 2) skip_ordinal();
    if (parts.count == kMostNumbers) return false;
    parts.numbers[parts.count++] = n;
    if (parts.month == 0) parts.before_month = parts.count;
    if (rest_.size() > 1 && parts.count == 1 && std::string_view("/.-").find(rest_.front()) != std::string_view::npos &&
        digit_at(1)) {
      parts.mark = rest_.front();
    }
    return true;
  }

  /// Behind the hour: minutes, seconds and their fractions as far as they are written.
  bool clock(Parts& parts, Number hour) {
    if (parts.has_time || hour.digits > 2) return false;
    parts.has_time = true;
    parts.hour = hours{hour.value};
    if (!rest_.empty() && (rest_.front() == ':' || lower(rest_.front()) == 'h') && digit_at(1)) {
      rest_.remove_prefix(1);
      const Number minute = number();
      if (minute.digits > 2) return false;
      parts.minute = minutes{minute.value};
      if (!rest_.empty() && rest_.front() == ':' && digit_at(1)) {
        rest_.remove_prefix(1);
        const Number second = number();
        if (second.digits > 2) return false;
        parts.second = seconds{second.value};
        if (!rest_.empty() && (rest_.front() == '.' || rest_.front() == ',') && digit_at(1)) take_fraction(parts);
      }
    }
    return rest_.empty() || rest_.front() != ':';
  }

  void take_fraction(Parts& parts) {
    rest_.remove_prefix(1);
    for (int scale = 100; digit_at(0); scale /= 10) {
      parts.fraction += milliseconds{(rest_.front() - '0') * scale};
      rest_.remove_prefix(1);
    }
  }

  bool zone_ahead(const Parts& parts) const { return parts.has_time && !parts.has_zone && digit_at(1); }

  /// +0100, +01:00, +1
  bool offset(Parts& parts) {
    const bool west = rest_.front() == '-';
    rest_.remove_prefix(1);
    const Number first = number();
    minutes value{0};
    if (first.digits <= 2) {
      value = hours{first.value};
      if (take(':')) {
        const Number minute = number();
        if (minute.digits != 2 || minute.value > 59) return false;
        value += minutes{minute.value};
      }
    } else if (first.digits <= 4 && first.value % 100 < 60) {
      value = hours{first.value / 100} + minutes{first.value % 100};
    } else {
      return false;
    }
    if (value > 24h) return false;
    parts.offset = west ? -value : value;
    parts.has_zone = true;
    return rest_.empty() || !is_letter(rest_.front()) || lower(rest_.front()) == 'z';
  }

  bool mark(Parts& parts) {
    const char c = rest_.front();
    if (std::string_view(" \t\r\n,.-/()[];'|").find(c) == std::string_view::npos) return false;
    if (c == '(' && parts.has_time) parts.later_words = true;  // a comment
    rest_.remove_prefix(1);
    return true;
  }

  bool starts_with_folded(std::string_view lower_case) const {
    return rest_.size() >= lower_case.size() && std::equal(lower_case.begin(), lower_case.end(), rest_.begin(),
                                                           [](char a, char b) { return a == lower(b); });
  }
  bool take_unit(std::string_view unit) {
    if (!rest_.starts_with(unit)) return false;
    rest_.remove_prefix(unit.size());
    return true;
  }
  void skip_ordinal() {
    for (const std::string_view ending : {"st", "nd", "rd", "th", "er", "º", "ª"}) {
      const char after = rest_.size() > ending.size() ? rest_[ending.size()] : ' ';
      if (starts_with_folded(ending) && !is_letter(after)) return rest_.remove_prefix(ending.size());
    }
  }

  std::string_view take_word() {
    std::size_t end = 0;
    while (end < rest_.size() &&
           (is_letter(rest_[end]) || ((rest_[end] == '/' || rest_[end] == '_') && end + 1 < rest_.size() && end > 0 &&
                                      is_letter(rest_[end + 1]))))
      ++end;
    const auto taken = rest_.substr(0, end);
    rest_.remove_prefix(end);
    return taken;
  }

  bool word(Parts& parts) {
    if (starts_with_folded("a.m") || starts_with_folded("p.m")) {
      (lower(rest_.front()) == 'p' ? parts.past_noon : parts.before_noon) = true;
      rest_.remove_prefix(3);
      return true;
    }
    const std::string_view written = take_word();
    std::string name(written);
    std::transform(name.begin(), name.end(), name.begin(), lower);
    if (std::any_of(name.begin(), name.end(), [](char c) { return (c & 0x80) != 0; })) name = fold_for_matching(name);
    if (name == "t" && digit_at(0)) return true;  // between date and time
    if (name == "pm" || name == "오후" || name == "下午") return parts.past_noon = true;
    if (name == "am" || name == "오전" || name == "上午") return parts.before_noon = true;
    const bool wants_month = parts.month == 0 && !(parts.count >= 3);
    if (const int month = wants_month ? month_in_date_field(name) : 0; month != 0 && !is_weekday_ahead(parts, name))
      return (parts.month = month) > 0;
    if (parts.has_time || parts.count >= 3) return zone_word(parts, written);
    if (parts.count == 0 && parts.month == 0) return parts.weekday = english_weekday(name), true;
    return is_filler(name) || english_weekday(name).has_value();
  }

  /// "mar., 01 déc. 2020", "mer, 9 avr 2018": the day of the week in front, which looks like a month.
  bool is_weekday_ahead(const Parts& parts, std::string_view name) const {
    if (parts.count != 0 || (name != "mar" && name != "mart")) return false;
    const auto next = rest_.find_first_not_of(" .,-");
    if (next == std::string_view::npos || !is_digit(rest_[next])) return false;
    const auto behind = rest_.find_first_not_of("0123456789 .,-/", next);
    if (behind == std::string_view::npos || !is_letter(rest_[behind])) return false;
    Reader ahead(rest_.substr(behind));
    return month_in_date_field(fold_for_matching(ahead.take_word())) != 0;
  }

  bool zone_word(Parts& parts, std::string_view written) {
    if (parts.later_words || parts.has_zone) return true;  // "+0200 (CEST)"
    if (is_filler(written)) return true;
    const bool universal = written == "GMT" || written == "UTC" || written == "UT";
    if (universal && (rest_.starts_with('+') || rest_.starts_with('-')) && digit_at(1)) return true;  // GMT-07:00
    const bool looks_like_zone =
        written.find('/') != std::string_view::npos ||
        (written.size() <= 5 && std::none_of(written.begin(), written.end(), [](char c) { return (c & 0x80) != 0; }));
    if (!looks_like_zone && written != "МСК") return false;
    parts.zone = written;
    parts.has_zone = true;
    return true;
  }

  static std::optional<unsigned> english_weekday(std::string_view name) {
    static constexpr auto kDays = std::to_array<std::string_view>({"sun", "mon", "tue", "wed", "thu", "fri", "sat"});
    for (unsigned day = 0; day < kDays.size(); ++day) {
      if (name.starts_with(kDays[day])) return day;
    }
    return std::nullopt;
  }
  static bool is_filler(std::string_view name) {
    static constexpr auto kFillers =
        std::to_array<std::string_view>({"at", "um", "uhr", "de", "of",  "the", "le", "del", "den", "klo",
                                         "kl", "h",  "à",   "om", "uur", "г",   "в",  "hrs", "ore", "alle"});
    return std::find(kFillers.begin(), kFillers.end(), name) != kFillers.end();
  }

  std::string_view rest_;
};

/// RFC 5322, 4.3.
int full_year(Number n) {
  if (n.digits > 3) return n.value;
  if (n.digits == 3) return 1900 + n.value;
  return n.value < 50 ? 2000 + n.value : 1900 + n.value;
}

bool is_year(Number n) { return n.digits == 4; }

std::optional<year_month_day> date_of(int y, int m, int d) {
  if (y < 1 || y > 9999 || m < 1 || m > 12 || d < 1) return std::nullopt;
  const year_month_day date{year{y}, month{static_cast<unsigned>(m)}, day{static_cast<unsigned>(d)}};
  return date.ok() ? std::optional(date) : std::nullopt;
}

bool falls_on(const std::optional<year_month_day>& date, unsigned day_of_week) {
  return date && weekday{sys_days{*date}}.c_encoding() == day_of_week;
}

/// 9/15/2014, 30.10.23, 11 04 2020: which is the day?
std::optional<year_month_day> from_three_numbers(const Parts& parts) {
  const auto& [a, b, c, unused] = parts.numbers;
  if (is_year(a)) return date_of(a.value, b.value, c.value);
  if (a.digits > 2 || b.digits > 2 || (c.digits != 2 && c.digits != 4)) return std::nullopt;
  const int y = full_year(c);
  const auto day_first = date_of(y, b.value, a.value), month_first = date_of(y, a.value, b.value);
  if (!day_first || !month_first) return day_first ? day_first : month_first;
  if (parts.weekday && falls_on(day_first, *parts.weekday) != falls_on(month_first, *parts.weekday))
    return falls_on(day_first, *parts.weekday) ? day_first : month_first;
  return parts.mark == '/' ? month_first : day_first;
}

/// 16 Nov 2020, Nov. 16, 2020, 2004-július-13
std::optional<year_month_day> from_named_month(const Parts& parts) {
  const auto& numbers = parts.numbers;
  if (parts.count != 2) return std::nullopt;
  const bool year_first = is_year(numbers[0]) || (numbers[0].value > 31 && numbers[1].value <= 31);
  const Number year = numbers[year_first ? 0 : 1], day = numbers[year_first ? 1 : 0];
  if (day.digits > 2) return std::nullopt;
  return date_of(full_year(year), parts.month, day.value);
}

std::optional<year_month_day> date_in(const Parts& parts, Precision& precision) {
  if (parts.year != 0 && parts.month != 0) {
    if (parts.count != 0) return std::nullopt;
    if (parts.day == 0) precision = Precision::Month;
    return date_of(parts.year, parts.month, std::max(parts.day, 1));
  }
  if (parts.month != 0 && parts.count == 1 && is_year(parts.numbers[0])) {
    precision = Precision::Month;
    return date_of(parts.numbers[0].value, parts.month, 1);
  }
  if (parts.month != 0) return from_named_month(parts);
  return parts.count == 3 ? from_three_numbers(parts) : std::nullopt;
}

/// The moment that a day and the rest of the parts make.
std::optional<DateReading> moment(year_month_day date, const Parts& parts, Precision precision) {
  if (!parts.has_time) return DateReading{Instant{sys_days{date}}, precision};
  auto hour = parts.hour;
  const bool half_day = parts.past_noon || parts.before_noon;
  if (half_day && hour <= 12h) hour = hour % 12h + (parts.past_noon ? 12h : 0h);
  if (hour > 24h || parts.minute >= 60min || parts.second > 60s) return std::nullopt;
  if (hour == 24h && !(parts.minute < 60min)) return std::nullopt;
  const auto local = local_days{date} + hour + parts.minute + parts.second;
  auto offset = parts.offset;
  if (!offset && !parts.zone.empty()) offset = zone_offset(parts.zone, local);
  const Instant at{local.time_since_epoch() + parts.fraction - offset.value_or(0min)};
  return DateReading{at, offset ? Precision::Time : Precision::Day};
}

std::optional<DateReading> general_date(std::string_view text) {
  Parts parts;
  if (!Reader(text).read(parts)) return std::nullopt;
  Precision precision = Precision::Day;
  const auto date = date_in(parts, precision);
  return date ? moment(*date, parts, precision) : std::nullopt;
}

/// The digits at the front of a text.
struct Digits {
  int value = 0;
  std::size_t count = 0;
};
Digits leading_digits(std::string_view text) {
  Digits out;
  while (out.count < text.size() && out.count < 9 && is_digit(text[out.count]))
    out.value = out.value * 10 + (text[out.count++] - '0');
  return out;
}

std::optional<year_month_day> ordinal_date(int y, int day_of_year) {
  if (y < 1 || day_of_year < 1 || day_of_year > (year{y}.is_leap() ? 366 : 365)) return std::nullopt;
  return year_month_day{sys_days{year{y} / January / 1} + days{day_of_year - 1}};
}

struct IsoDate {
  year_month_day date;
  Precision precision = Precision::Day;
  std::size_t length = 0;  ///< bytes it takes
};

IsoDate iso(year_month_day date, Precision precision, std::size_t length) { return {date, precision, length}; }

/// 20031231, 031231, 2003335, 03335, 2003 and nothing behind.
std::optional<IsoDate> basic_date(Digits d) {
  const auto as_day = [&](const std::optional<year_month_day>& date) {
    return date ? std::optional(iso(*date, Precision::Day, d.count)) : std::nullopt;
  };
  switch (d.count) {
    case 8: return as_day(date_of(d.value / 10000, d.value / 100 % 100, d.value % 100));
    case 7: return as_day(ordinal_date(d.value / 1000, d.value % 1000));
    case 6: return as_day(date_of(full_year({d.value / 10000, 2}), d.value / 100 % 100, d.value % 100));
    case 5: return as_day(ordinal_date(full_year({d.value / 1000, 2}), d.value % 1000));
    case 4: {
      const auto date = date_of(d.value, 1, 1);
      return date ? std::optional(iso(*date, Precision::Year, 4)) : std::nullopt;
    }
    default: return std::nullopt;
  }
}

/// 2003-12-31, 03-12-31, 2003-12, 2003-335; 31-12-2003 is none of them.
std::optional<IsoDate> extended_date(std::string_view text, Digits first) {
  if (first.count != 4 && first.count != 2) return std::nullopt;
  const int y = full_year({first.value, first.count});
  const Digits second = leading_digits(text.substr(first.count + 1));
  const std::size_t end = first.count + 1 + second.count;
  const bool more = end < text.size() && text[end] == '-' && end + 1 < text.size() && is_digit(text[end + 1]);
  if (second.count == 3 && !more) {
    const auto date = ordinal_date(y, second.value);
    return date ? std::optional(iso(*date, Precision::Day, end)) : std::nullopt;
  }
  if (second.count == 0 || second.count > 2) return std::nullopt;
  if (!more) {
    const auto date = first.count == 4 ? date_of(y, second.value, 1) : std::nullopt;
    return date ? std::optional(iso(*date, Precision::Month, end)) : std::nullopt;
  }
  const Digits third = leading_digits(text.substr(end + 1));
  if (third.count > 2) return std::nullopt;
  const auto date = date_of(y, second.value, third.value);
  return date ? std::optional(iso(*date, Precision::Day, end + 1 + third.count)) : std::nullopt;
}

/// ISO 8601, W3C date-times and RFC 3339, with what is often wrong in them: a blank for the T, a Z behind an offset.
std::optional<DateReading> iso_date(std::string_view text) {
  const Digits first = leading_digits(text);
  if (first.count == 0 || (first.count < text.size() && is_digit(text[first.count]))) return std::nullopt;
  const bool extended = first.count < text.size() && text[first.count] == '-';
  const auto found = extended ? extended_date(text, first) : basic_date(first);
  if (!found) return std::nullopt;
  std::string_view rest = text.substr(found->length);
  if (rest.empty()) return moment(found->date, {}, found->precision);
  if (found->precision != Precision::Day || std::string_view("Tt ").find(rest.front()) == std::string_view::npos)
    return std::nullopt;
  rest.remove_prefix(1);
  std::string colons;
  if (const Digits clock = leading_digits(rest); clock.count == 6 || clock.count == 4) {  // basic: 101455
    for (std::size_t at = 0; at < clock.count; at += 2) colons += (at > 0 ? ":" : "") + std::string(rest.substr(at, 2));
    colons += rest.substr(clock.count);
    rest = colons;
  }
  Parts parts;
  if (!Reader(rest).read(parts) || !parts.has_time || parts.count > 0 || parts.month != 0) return std::nullopt;
  if (parts.hour >= 24h && (parts.hour > 24h || parts.minute > 0min)) return std::nullopt;
  return moment(found->date, parts, Precision::Day);
}

/// Seconds since 1970, as some feeds write them; from 2001 to 2286 they have ten digits. Thirteen are milliseconds.
std::optional<DateReading> epoch(std::string_view text) {
  if ((text.size() != 10 && text.size() != 13) || !std::all_of(text.begin(), text.end(), is_digit)) return std::nullopt;
  std::int64_t value = 0;
  for (char c : text) value = value * 10 + (c - '0');
  return DateReading{Instant{milliseconds{text.size() == 10 ? value * 1000 : value}}, Precision::Time};
}

}  // namespace

std::optional<DateReading> parse_date(std::string_view text) {
  text = trimmed(text);
  if (text.empty() || text.size() > kLongest) return std::nullopt;
  if (is_digit(text.front())) {
    if (const auto date = epoch(text)) return date;
    if (const auto date = iso_date(text)) return date;
  }
  return general_date(text);
}

}  // namespace newsd
