#include "feeds/text/time_zones.h"

#include <algorithm>
#include <array>
#include <string>

namespace newsd {
namespace {

using namespace std::chrono;

enum class Summer { None, NorthAmerica, Europe, Australia, NewZealand };

struct Zone {
  std::string_view name;
  int minutes;
  Summer summer = Summer::None;
};

// RFC 5322, 4.3 and common use; the IANA time zone database, release 2024a
constexpr auto kZones = std::to_array<Zone>({
    {"z", 0},
    {"ut", 0},
    {"utc", 0},
    {"gmt", 0},
    {"wet", 0},
    {"etc/gmt", 0},
    {"etc/utc", 0},
    {"est", -300},
    {"edt", -240},
    {"et", -300},
    {"cst", -360},
    {"cdt", -300},
    {"ct", -360},
    {"mst", -420},
    {"mdt", -360},
    {"mt", -420},
    {"pst", -480},
    {"pdt", -420},
    {"pt", -480},
    {"ast", -240},
    {"adt", -180},
    {"at", -240},
    {"nst", -210},
    {"ndt", -150},
    {"akst", -540},
    {"akdt", -480},
    {"hst", -600},
    {"brt", -180},
    {"art", -180},
    {"clt", -240},
    {"west", 60},
    {"bst", 60},
    {"cet", 60},
    {"met", 60},
    {"mez", 60},
    {"wat", 60},
    {"cest", 120},
    {"mest", 120},
    {"mesz", 120},
    {"eet", 120},
    {"cat", 120},
    {"sast", 120},
    {"eest", 180},
    {"eat", 180},
    {"msk", 180},
    {"мск", 180},
    {"trt", 180},
    {"gst", 240},
    {"msd", 240},
    {"pkt", 300},
    {"ist", 330},
    {"npt", 345},
    {"ict", 420},
    {"wib", 420},
    {"sgt", 480},
    {"hkt", 480},
    {"pht", 480},
    {"awst", 480},
    {"jst", 540},
    {"kst", 540},
    {"acst", 570},
    {"acdt", 630},
    {"aest", 600},
    {"aedt", 660},
    {"nzst", 720},
    {"nzdt", 780},
    {"america/new_york", -300, Summer::NorthAmerica},
    {"america/toronto", -300, Summer::NorthAmerica},
    {"america/detroit", -300, Summer::NorthAmerica},
    {"us/eastern", -300, Summer::NorthAmerica},
    {"america/chicago", -360, Summer::NorthAmerica},
    {"us/central", -360, Summer::NorthAmerica},
    {"america/denver", -420, Summer::NorthAmerica},
    {"us/mountain", -420, Summer::NorthAmerica},
    {"america/phoenix", -420},
    {"america/los_angeles", -480, Summer::NorthAmerica},
    {"america/vancouver", -480, Summer::NorthAmerica},
    {"us/pacific", -480, Summer::NorthAmerica},
    {"america/halifax", -240, Summer::NorthAmerica},
    {"america/mexico_city", -360},
    {"america/bogota", -300},
    {"america/lima", -300},
    {"america/caracas", -240},
    {"america/sao_paulo", -180},
    {"america/argentina/buenos_aires", -180},
    {"europe/london", 0, Summer::Europe},
    {"europe/dublin", 0, Summer::Europe},
    {"europe/lisbon", 0, Summer::Europe},
    {"europe/berlin", 60, Summer::Europe},
    {"europe/vienna", 60, Summer::Europe},
    {"europe/zurich", 60, Summer::Europe},
    {"europe/paris", 60, Summer::Europe},
    {"europe/brussels", 60, Summer::Europe},
    {"europe/amsterdam", 60, Summer::Europe},
    {"europe/madrid", 60, Summer::Europe},
    {"europe/rome", 60, Summer::Europe},
    {"europe/stockholm", 60, Summer::Europe},
    {"europe/oslo", 60, Summer::Europe},
    {"europe/copenhagen", 60, Summer::Europe},
    {"europe/prague", 60, Summer::Europe},
    {"europe/warsaw", 60, Summer::Europe},
    {"europe/budapest", 60, Summer::Europe},
    {"europe/belgrade", 60, Summer::Europe},
    {"europe/athens", 120, Summer::Europe},
    {"europe/helsinki", 120, Summer::Europe},
    {"europe/kiev", 120, Summer::Europe},
    {"europe/kyiv", 120, Summer::Europe},
    {"europe/bucharest", 120, Summer::Europe},
    {"europe/sofia", 120, Summer::Europe},
    {"europe/istanbul", 180},
    {"europe/moscow", 180},
    {"africa/lagos", 60},
    {"africa/johannesburg", 120},
    {"africa/nairobi", 180},
    {"asia/riyadh", 180},
    {"asia/dubai", 240},
    {"asia/tehran", 210},
    {"asia/karachi", 300},
    {"asia/kolkata", 330},
    {"asia/calcutta", 330},
    {"asia/dhaka", 360},
    {"asia/bangkok", 420},
    {"asia/jakarta", 420},
    {"asia/ho_chi_minh", 420},
    {"asia/shanghai", 480},
    {"asia/hong_kong", 480},
    {"asia/taipei", 480},
    {"asia/singapore", 480},
    {"asia/manila", 480},
    {"asia/tokyo", 540},
    {"asia/seoul", 540},
    {"australia/perth", 480},
    {"australia/brisbane", 600},
    {"australia/sydney", 600, Summer::Australia},
    {"australia/melbourne", 600, Summer::Australia},
    {"pacific/auckland", 720, Summer::NewZealand},
});

/// The n-th Sunday of a month, n from 1; n = 0: the last.
local_days sunday_of(year y, unsigned m, unsigned n) {
  if (n == 0) return local_days{y / month{m} / Sunday[last]};
  return local_days{y / month{m} / Sunday[n]};
}

bool is_summer(Summer rule, local_seconds local, minutes standard) {
  const year y = year_month_day{floor<days>(local)}.year();
  switch (rule) {
    case Summer::None: return false;
    case Summer::NorthAmerica: return local >= sunday_of(y, 3, 2) + 2h && local < sunday_of(y, 11, 1) + 2h;
    case Summer::Europe:  // at 01:00 UTC everywhere
      return local >= sunday_of(y, 3, 0) + 1h + standard && local < sunday_of(y, 10, 0) + 2h + standard;
    case Summer::Australia: return local >= sunday_of(y, 10, 1) + 2h || local < sunday_of(y, 4, 1) + 3h;
    case Summer::NewZealand: return local >= sunday_of(y, 9, 0) + 2h || local < sunday_of(y, 4, 1) + 3h;
  }
  return false;
}

}  // namespace

std::optional<minutes> zone_offset(std::string_view name, local_seconds local) {
  std::string lower(name);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  const auto zone = std::find_if(kZones.begin(), kZones.end(), [&](const Zone& z) { return z.name == lower; });
  if (zone == kZones.end()) return std::nullopt;
  const minutes standard{zone->minutes};
  return is_summer(zone->summer, local, standard) ? standard + 1h : standard;
}

}  // namespace newsd
