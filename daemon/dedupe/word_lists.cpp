#include "daemon/dedupe/word_lists.h"

#include "daemon/dedupe/word_scan.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace newsd {
namespace {

constexpr std::string_view kStopWords =
    "the a an and or but if than then so as at by for from in into of off on onto out over per to under up with within "
    "without about above after again against all also although among any are aren't around be because been before "
    "being below between both can could did do does doing done down during each either even every few further had has "
    "have having he her here hers herself him himself his how however i is isn't it its itself just last like made "
    "make may me might more most much must my near new no nor not now once one only other our out own said same say "
    "says she should since some still such take tell that their them themselves there these they this those though "
    "three through today told too two until us very was wasn't we were what when where whether which while who whom "
    "whose why will won't would year years yet yesterday you your week month day time first second people according "
    "der die das den dem des ein eine einen einem einer und oder aber nicht auch auf aus bei bis durch für gegen hat "
    "haben hatte ihr ihre ist kann mehr mit nach noch nur sein seine sich sie sind über um unter von vor war waren "
    "werden wie wird wurde wurden zu zum zur als dass le la les un une des du de et ou mais ne pas que qui dans sur "
    "pour par avec sans plus au aux ce cette ces son sa ses leur est sont été être avait el los las una unos y o pero "
    "no en con por para sin sobre como más su sus al del se es son fue ser ha han que lo il lo gli i uno e ma non che "
    "di da nel della delle dei si è sono stato с и в на не что он она они оно это как по из за от до для при о об к у "
    "же бы то был была были было его ее их но а или так уже еще также будет который которые которая после";

constexpr std::string_view kCalendar =
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun january "
    "february march april may june july august september october november december jan feb mar apr jun jul aug sep "
    "sept oct nov dec montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar märz mai juni juli "
    "oktober dezember lundi mardi mercredi jeudi vendredi samedi dimanche janvier février mars avril juin juillet août "
    "septembre octobre novembre décembre lunes martes miércoles jueves viernes sábado domingo enero febrero marzo "
    "abril mayo junio julio agosto septiembre octubre noviembre diciembre";

constexpr std::string_view kCommonInNews =
    "afghanistan africa african america american americans argentina australia australian austria beijing belgium "
    "berlin "
    "brazil brazilian britain british britons brussels cairo california canada canadian chicago chile china chinese "
    "colombia cuba delhi denmark dutch egypt egyptian england english eu europe european finland florida france french "
    "german germans germany greece greek hong kong hungary india indian indonesia iran iranian iraq iraqi ireland "
    "irish "
    "islamic israel israeli israelis italian italy japan japanese jerusalem kenya kiev kong korea korean kremlin kyiv "
    "lebanon london los angeles malaysia mexican mexico moscow muslim nato netherlands new york nigeria norway "
    "pakistan "
    "palestinian palestinians paris philippines poland polish portugal russia russian russians saudi scotland scottish "
    "singapore spain spanish states sweden swiss switzerland sydney syria syrian taiwan texas thailand tokyo turkey "
    "turkish u.s uk ukraine ukrainian ukrainians un united us usa venezuela vietnam wales washington western "
    "administration agencies agency agreement analysts announced announcement army arrested attack attacks authorities "
    "authority bank bill billion board called campaign capital case cases central chairman change chief children city "
    "civil company companies concern conference conflict control council countries country court crisis cut deal death "
    "deaths decision defence defense department deputy director east economic economy election elections end energy "
    "executive expected family federal financial firm force forces foreign general global government governor group "
    "groups growth head health help hit hospital house human incident increase independent industry information "
    "interest "
    "international investigation issue issues job jobs judge justice killed king labour late launched law lead leader "
    "leaders left legal level local long major man market markets media meeting members men military million minister "
    "ministers ministry month months morning mr mrs ms nation national news newspaper night north number office "
    "officer "
    "officers official officials oil opposition order organisation organization part party peace percent pct place "
    "plan "
    "plans police policy political power present president press pressure prices prime problem process program project "
    "public question reached region relations report reported reporters reports republic response results right rights "
    "rise rose rule russian school secretary security senate senior service services shares side situation social "
    "south "
    "southern sources special spokesman spokeswoman spokesperson staff state statement states street support system "
    "talks "
    "team television thousands ties told top town trade troops trying union university vice video violence visit vote "
    "war "
    "weapons website week weeks west white wife woman women work workers working world reuters afp ap associated bbc "
    "cnn";

constexpr std::array<std::pair<std::string_view, std::string_view>, 27> kNumbers{{
    {"two", "2"},        {"three", "3"},     {"four", "4"},      {"five", "5"},     {"six", "6"},
    {"seven", "7"},      {"eight", "8"},     {"nine", "9"},      {"ten", "10"},     {"eleven", "11"},
    {"twelve", "12"},    {"thirteen", "13"}, {"fourteen", "14"}, {"fifteen", "15"}, {"sixteen", "16"},
    {"seventeen", "17"}, {"eighteen", "18"}, {"nineteen", "19"}, {"twenty", "20"},  {"thirty", "30"},
    {"forty", "40"},     {"fifty", "50"},    {"sixty", "60"},    {"seventy", "70"}, {"eighty", "80"},
    {"ninety", "90"},    {"dozen", "12"},
}};

template <class Visit>
void each_word(std::string_view words, Visit visit) {
  while (!words.empty()) {
    const std::size_t end = std::min(words.find(' '), words.size());
    if (end > 0) visit(word_hash(words.substr(0, end)));
    words.remove_prefix(std::min(end + 1, words.size()));
  }
}

}  // namespace

ListedWords::ListedWords(std::string_view words) {
  each_word(words, [this](std::uint64_t hash) {
    std::size_t at = hash % kSlots;
    while (slots_[at] != 0 && slots_[at] != hash) at = (at + 1) % kSlots;
    slots_[at] = hash;
  });
}

NumberWords::NumberWords() {
  for (const auto& [word, value] : kNumbers) {
    const std::uint64_t hash = word_hash(word);
    std::size_t at = hash % kSlots;
    while (slots_[at].first != 0) at = (at + 1) % kSlots;
    slots_[at] = {hash, value};
  }
}

const ListedWords& stop_words() {
  static const ListedWords words(kStopWords);
  return words;
}

bool is_calendar_word(std::uint64_t hash) {
  static const ListedWords words(kCalendar);
  return words.contains(hash);
}

const std::vector<std::uint64_t>& common_news_words() {
  static const std::vector<std::uint64_t> words = [] {
    std::vector<std::uint64_t> all;
    each_word(kCommonInNews, [&](std::uint64_t hash) { all.push_back(hash); });
    return all;
  }();
  return words;
}

const NumberWords& number_words() {
  static const NumberWords words;
  return words;
}

}  // namespace newsd
