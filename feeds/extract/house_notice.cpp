#include "feeds/extract/house_notice.h"

#include "feeds/text/utf8.h"
#include "feeds/text/word_table.h"
#include "feeds/text/words.h"

#include <array>
#include <cstddef>
#include <string_view>
#include <utility>

namespace newsd {
namespace {

/// What words are about, a bit each.
enum Topic : unsigned {
  kOwn = 1,       // we, our
  kReader = 2,    // you, your
  kTrade = 4,     // journalism, newsroom
  kNews = 512,    // news, stories, which others speak of as well
  kGiving = 8,    // support, subscribe, donate
  kFree = 16,     // free, afford
  kCookie = 32,   // cookies
  kConsent = 64,  // consent, preferences, browser
  kMail = 128,    // newsletter, inbox
  kSignUp = 256,  // sign, subscribe
};

// clang-format off
/// To add a language, add its words.
constexpr WordTable kWords(std::to_array<std::pair<std::string_view, unsigned>>({
    {"abo", kGiving}, {"abonnement", kGiving}, {"abonnent", kGiving}, {"abonnez", kGiving | kSignUp}, {"abonnieren", kGiving | kSignUp},
    {"advertisers", kConsent}, {"advertising", kConsent}, {"afford", kFree}, {"apoyar", kGiving}, {"apoyo", kGiving}, {"ayuda", kGiving},
    {"browser", kConsent}, {"bulletin", kMail}, {"consent", kConsent}, {"consentement", kConsent}, {"consentimiento", kConsent},
    {"contribute", kGiving}, {"contributing", kGiving}, {"contribution", kGiving}, {"contributions", kGiving}, {"cookie", kCookie},
    {"cookies", kCookie}, {"correo", kMail}, {"coverage", kNews}, {"dein", kReader}, {"deine", kReader}, {"device", kConsent}, {"don", kGiving},
    {"donar", kGiving}, {"donate", kGiving}, {"donating", kGiving}, {"donation", kGiving}, {"donations", kGiving}, {"dons", kGiving},
    {"einwilligung", kConsent}, {"email", kMail}, {"free", kFree}, {"freely", kFree}, {"gratis", kFree}, {"gratuit", kFree}, {"ihnen", kReader}, {"ihr", kReader},
    {"ihre", kReader}, {"ihren", kReader}, {"inbox", kMail}, {"infolettre", kMail}, {"inscribete", kSignUp}, {"inscrivez", kSignUp},
    {"journalism", kTrade}, {"journalisme", kTrade}, {"journalismus", kTrade}, {"journalists", kTrade}, {"kostenlos", kFree}, {"little", kFree},
    {"member", kGiving}, {"members", kGiving}, {"membership", kGiving}, {"mes", kFree}, {"mitglied", kGiving}, {"mitglieder", kGiving}, {"mois", kFree}, {"monat", kFree}, {"month", kFree},
    {"navegador", kConsent}, {"navigateur", kConsent}, {"news", kNews}, {"newsletter", kMail}, {"newsletters", kMail}, {"newsroom", kTrade},
    {"nos", kOwn}, {"notre", kOwn}, {"nous", kOwn}, {"nuestra", kOwn}, {"nuestro", kOwn}, {"nuestros", kOwn}, {"opt", kConsent}, {"opt-out", kConsent}, {"our", kOwn},
    {"ours", kOwn}, {"partners", kConsent}, {"paywall", kGiving}, {"periodismo", kTrade}, {"personalise", kConsent}, {"personalize", kConsent},
    {"posteingang", kMail}, {"preferences", kConsent}, {"privacy", kConsent}, {"redaktion", kTrade}, {"reporters", kTrade}, {"reporting", kNews},
    {"rédaction", kTrade}, {"sign", kSignUp}, {"signing", kSignUp}, {"soutenez", kGiving}, {"soutenir", kGiving}, {"soutien", kGiving},
    {"spende", kGiving}, {"spenden", kGiving}, {"stories", kNews}, {"su", kReader}, {"subscribe", kGiving | kSignUp}, {"subscribers", kGiving},
    {"subscribing", kGiving | kSignUp}, {"subscription", kGiving | kSignUp}, {"subscriptions", kGiving}, {"support", kGiving},
    {"supporting", kGiving}, {"suscripción", kGiving | kSignUp}, {"suscríbete", kSignUp}, {"third-party", kConsent}, {"tracking", kConsent},
    {"tu", kReader}, {"tus", kReader}, {"uns", kOwn}, {"unser", kOwn}, {"unsere", kOwn}, {"unseren", kOwn}, {"unsubscribe", kMail | kSignUp},
    {"unterstützen", kGiving}, {"unterstützung", kGiving}, {"usted", kReader}, {"vos", kReader}, {"votre", kReader}, {"vous", kReader}, {"we", kOwn},
    {"website", kConsent}, {"websites", kConsent}, {"wir", kOwn}, {"you", kReader}, {"your", kReader},
}));
// clang-format on
constexpr std::size_t kFewWords = 5, kManyWords = 120, kManyOnCookies = 400;

unsigned topics_of(std::string_view word) { return kWords.find(word, 0); }

bool has(unsigned topics, unsigned all) { return (topics & all) == all; }

}  // namespace

std::optional<RemovedKind> house_notice(std::string_view folded) {
  unsigned topics = 0;
  std::size_t words = 0, begin = 0;
  const auto end_word = [&](std::size_t end) {
    if (end == begin) return;
    ++words;
    topics |= topics_of(folded.substr(begin, end - begin));
  };
  for (std::size_t at = 0; at < folded.size();) {
    const std::size_t here = at;
    const char32_t c = next_character(folded, at);
    if (is_word_character(c) || (c == '-' && here > begin)) continue;
    end_word(here);
    begin = at;
  }
  end_word(folded.size());
  if (words < kFewWords || words > kManyOnCookies) return std::nullopt;
  if (has(topics, kCookie | kConsent) && (topics & (kOwn | kReader)) != 0) return RemovedKind::Cookie;
  if (words > kManyWords || folded.find('"') != std::string_view::npos) return std::nullopt;
  if (has(topics, kOwn | kTrade | kGiving) && (topics & (kReader | kFree)) != 0) return RemovedKind::Widget;
  if (has(topics, kOwn | kNews | kGiving | kReader | kFree)) return RemovedKind::Widget;
  if (has(topics, kMail | kSignUp | kReader)) return RemovedKind::Widget;
  return std::nullopt;
}

}  // namespace newsd
