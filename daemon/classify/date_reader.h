// The grammar of dates: at a token, the date or stretch that begins there. Its rules are in three sources: days and
// what a calendar names (date_reader.cpp), parts and stretches (date_parts.cpp), what counts from the reference
// (date_relative.cpp). Used by dates.cpp alone. Each rule looks ahead a bounded number of tokens; any thread.
#pragma once

#include "daemon/classify/date_scan.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace newsd {

class DateReader : private DateScan {
 public:
  using DateScan::DateScan;
  /// The date that begins at a token. Found::first may lie behind it: "from" is no part of a stretch.
  std::optional<Found> read(std::uint32_t i) const;

 private:
  using Maybe = std::optional<Found>;

  Maybe one(std::uint32_t i) const;
  // date_reader.cpp
  Maybe month_date(std::uint32_t i) const;
  bool may_be_month(std::uint32_t i) const;
  Maybe season_date(std::uint32_t i, bool has_article) const;
  Maybe weekday_date(std::uint32_t i) const;
  Maybe weekday_of_week(std::uint32_t weekday_token, std::uint32_t i) const;
  Maybe weekday_with_day(std::uint32_t i) const;
  Maybe numeric(std::uint32_t i) const;
  Maybe numeric_day(std::uint32_t i) const;
  Maybe day_and_month(std::uint32_t i) const;
  Maybe year_first(std::uint32_t i) const;
  Maybe lone_year(std::uint32_t i) const;
  Maybe lone_year_in_words(std::uint32_t i) const;
  Maybe century(std::uint32_t i) const;
  Maybe decade(std::uint32_t i) const;
  Maybe quarter_token(std::uint32_t i) const;
  Maybe week_number(std::uint32_t i) const;
  Maybe holiday(std::uint32_t i) const;
  Maybe holiday_by_step(std::uint32_t i, int step) const;
  Maybe valid(std::uint32_t last, int y, int m, int d) const;
  // date_parts.cpp
  Maybe stretch_from(std::uint32_t i) const;
  Maybe joined(const Found& first, Found b) const;
  std::uint32_t behind_connector(std::uint32_t i, bool between) const;
  Found with_year(const Found& found, int y) const;
  Maybe modified(std::uint32_t i) const;
  Maybe rest_of(std::uint32_t i) const;
  Maybe container(std::uint32_t i, bool joined) const;
  Maybe part(std::uint32_t i) const;
  Maybe part_of(const Found& whole, int nth, std::optional<int> n, std::string_view noun) const;
  Maybe week_in(const Found& whole, int nth, std::optional<int> n) const;
  Maybe week_of(std::uint32_t i) const;
  Maybe half_year(std::uint32_t last, int y, int half) const;
  // date_relative.cpp
  Maybe with_article(std::uint32_t i) const;
  Maybe day_of_month(std::uint32_t i) const;
  Maybe deictic(std::uint32_t i) const;
  Maybe relative(std::uint32_t i) const;
  Maybe steps_of(std::uint32_t last, int n, DatePrecision precision) const;
  Maybe counted(std::uint32_t i) const;
  using Duration = std::vector<std::pair<int, DatePrecision>>;
  Duration duration(std::uint32_t& at) const;
  static CalendarDay moved_by(CalendarDay day, const Duration& by, int sign);
  Maybe counted_from(std::uint32_t i, const Duration& by, bool stretches) const;

  mutable int depth_ = 0;  ///< of rules within rules: "the first day of the first week of …"
};

}  // namespace newsd
